'use client'

import { Progress as Bar } from '@mantine/core'
import { useInterval } from '@mantine/hooks'
import { useState } from 'react'
import classes from './imports.module.css'

/** That something runs, and for how long it has. The server does not say how far it is, so neither does this. */
export function Progress({ label }: { label: string }) {
  const [seconds, setSeconds] = useState(0)
  useInterval(() => setSeconds((passed) => passed + 1), 1000, { autoInvoke: true })
  return (
    <span className={classes.progress}>
      <span role="status">{label}…</span>
      {seconds > 1 && <span className={classes.dim}>{seconds} s</span>}
      <Bar value={100} animated size="xs" aria-label={label} />
    </span>
  )
}
