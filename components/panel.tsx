import type { ReactNode } from 'react'
import classes from './panel.module.css'

interface PanelProps {
  title?: string
  /** Right of the title: a link, a count, a small control. */
  aside?: ReactNode
  /** Without inner space, for a table or list that draws its own. */
  flush?: boolean
  children: ReactNode
}

/** A framed part of a page with its own heading. */
export function Panel({ title, aside, flush = false, children }: PanelProps) {
  return (
    <section className={classes.panel} aria-label={title}>
      {title && (
        <div className={classes.head}>
          <h2>{title}</h2>
          {aside && <div className={classes.aside}>{aside}</div>}
        </div>
      )}
      <div className={classes.body} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  )
}
