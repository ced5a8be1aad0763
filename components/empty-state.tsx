import type { ReactNode } from 'react'
import classes from './panel.module.css'

/** Nothing here: one sentence, one button. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.state}>
      <p>{children}</p>
      {action}
    </div>
  )
}
