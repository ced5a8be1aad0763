import { Fragment, type ReactNode } from 'react'
import { TextLink } from './links'
import classes from './page-header.module.css'

interface PageHeaderProps {
  title: ReactNode
  /** The way down to this page, without the page itself. */
  breadcrumbs?: readonly { title: string; href: string }[]
  /** State badges beside the title. */
  badges?: ReactNode
  /** Small facts under the title: slug, source, when last seen. */
  meta?: ReactNode
  actions?: ReactNode
}

/** The head of a page: where it is, what it is called, what can be done with it. */
export function PageHeader({ title, breadcrumbs = [], badges, meta, actions }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      {breadcrumbs.length > 0 && (
        <nav aria-label="Breadcrumbs" className={classes.crumbs}>
          {breadcrumbs.map(({ title: crumb, href }) => (
            <Fragment key={href}>
              <TextLink href={href}>{crumb}</TextLink>
              <span aria-hidden>/</span>
            </Fragment>
          ))}
        </nav>
      )}
      <div className={classes.row}>
        <h1 className={classes.title}>{title}</h1>
        {badges && <div className={classes.badges}>{badges}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {meta && <div className={classes.meta}>{meta}</div>}
    </header>
  )
}
