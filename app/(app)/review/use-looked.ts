'use client'

import { useCallback, useEffect, useRef } from 'react'

/**
 * How long each item was the one before the reviewer's eyes: the current one, while the page could be seen. What was
 * decided along with others and never was the current one was looked at for no time at all, and that is what is said.
 */
export function useLooked(current: string | null): (id: string) => number {
  const totals = useRef(new Map<string, number>())
  const since = useRef<{ id: string; at: number } | null>(null)

  const settle = useCallback(() => {
    const running = since.current
    if (!running) return
    const now = performance.now()
    totals.current.set(running.id, (totals.current.get(running.id) ?? 0) + now - running.at)
    since.current = { id: running.id, at: now }
  }, [])

  useEffect(() => {
    function look() {
      settle()
      since.current =
        current !== null && document.visibilityState === 'visible' ? { id: current, at: performance.now() } : null
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      settle()
      since.current = null
    }
  }, [current, settle])

  return useCallback(
    (id) => {
      settle()
      return Math.round(totals.current.get(id) ?? 0)
    },
    [settle],
  )
}
