import type { ReactNode } from 'react'
import classes from './registry.module.css'

/** Words in the second rank: what is missing, what is zero, what explains. */
export function Quiet({ children }: { children: ReactNode }) {
  return <span className={classes.quiet}>{children}</span>
}
