'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import classes from './scroll-frame.module.css'

interface ScrollFrameProps {
  /** What the table in it is called. */
  label: string
  /** What the frame looks like beyond scrolling: borders, a height of its own. */
  className?: string | undefined
  busy?: boolean
  /** One table. */
  children: ReactNode
}

/**
 * The frame of a table, which scrolls where the table is too large for it. While it does, it is a named region that the
 * keyboard reaches, also when nothing in the table can be focused (WCAG 2.1.1); otherwise it is no stop on the way.
 */
export function ScrollFrame({ label, className, busy = false, children }: ScrollFrameProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const observer = new ResizeObserver(() =>
      setScrolls(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight),
    )
    observer.observe(element)
    // Rows that come later change the table's size, not the frame's.
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [])
  const reachable = scrolls ? { role: 'region', tabIndex: 0, 'aria-label': `${label}, table` } : {}
  return (
    <div
      ref={frame}
      className={className ? `${classes.frame} ${className}` : classes.frame}
      aria-busy={busy || undefined}
      {...reachable}
    >
      {children}
    </div>
  )
}
