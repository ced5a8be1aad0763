import { IconAlertTriangle, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './notice.module.css'

interface NoticeProps {
  /** Names it for those who cannot see where it stands. */
  label: string
  /** Whether it stands in the way of something, or only has to be known. */
  blocks?: boolean
  /** What to do about it. */
  action?: ReactNode
  children: ReactNode
}

/** Something to know before anything else on the page. */
export function Notice({ label, blocks = false, action, children }: NoticeProps) {
  const Icon = blocks ? IconLock : IconAlertTriangle
  return (
    <section className={classes.notice} data-blocks={blocks || undefined} aria-label={label}>
      <Icon size={16} aria-hidden />
      <div className={classes.text}>{children}</div>
      {action}
    </section>
  )
}
