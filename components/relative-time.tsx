'use client'

import { useEffect, useState } from 'react'
import { exactTime, relativeTime } from './time'

const refreshEveryMs = 60_000

/** A relative time that stays true while the page is open, with the exact instant on hover. */
export function RelativeTime({ at }: { at: string }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), refreshEveryMs)
    return () => clearInterval(timer)
  }, [])
  // The server's clock and the browser's may fall on two sides of a minute; either text is right.
  return (
    <time dateTime={at} title={exactTime(at)} suppressHydrationWarning style={{ whiteSpace: 'nowrap' }}>
      {relativeTime(at, now)}
    </time>
  )
}
