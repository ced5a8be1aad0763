'use client'

import { Progress } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import classes from './run.module.css'

const refreshEveryMs = 2000

interface UnderWayProps {
  label: string
  done: number
  total: number
}

/** How far something in the background is; keeps the page up to date while it goes on. */
export function UnderWay({ label, done, total }: UnderWayProps) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), refreshEveryMs)
    return () => clearInterval(timer)
  }, [router])
  const share = total === 0 ? 0 : (done / total) * 100
  return (
    <section className={classes.underWay} aria-label={label}>
      <span role="status">
        {label}
        {total > 0 && `: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} items`}
      </span>
      <Progress value={share} size={6} aria-hidden />
    </section>
  )
}
