import type { ReactNode } from 'react'
import classes from './report.module.css'

/** A table's frame, which scrolls sideways where the table is too wide. */
export function ScrollFrame({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be in reach of the keyboard (WCAG 2.1.1)
    <div className={classes.frame} tabIndex={0}>
      {children}
    </div>
  )
}
