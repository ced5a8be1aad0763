import type { ReactNode } from 'react'
import classes from './panel.module.css'

interface EmptyStateProps {
  /** The heading when this is the whole page; inside a page there is none. */
  title?: string
  /** One sentence. */
  children: ReactNode
  /** One button. */
  action?: ReactNode
}

/** Nothing here: one sentence, one button. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      {title && <h1>{title}</h1>}
      <p>{children}</p>
      {action}
    </div>
  )
}
