import type { ReactNode } from 'react'
import classes from './registry.module.css'

/** Panels under each other, at the one distance. */
export function Stacked({ children }: { children: ReactNode }) {
  return <div className={classes.stacked}>{children}</div>
}

/** Two columns of panels side by side where there is room, the second the wider one; under each other on a phone. */
export function Columns({ children }: { children: ReactNode }) {
  return <div className={classes.columns}>{children}</div>
}
