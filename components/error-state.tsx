import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './panel.module.css'

interface ErrorStateProps {
  /** What went wrong, in plain words. */
  problem: string
  /** What the reader can do about it. */
  fix?: string | undefined
  /** What to quote to an operator: a request id or digest. */
  reference?: string | undefined
  action?: ReactNode
  /** Whether this is the whole page, so that the problem is its heading. */
  page?: boolean
}

/** Something went wrong: what, how to mend it, what to quote. */
export function ErrorState({ problem, fix, reference, action, page = false }: ErrorStateProps) {
  const Heading = page ? 'h1' : 'h2'
  return (
    <div className={classes.state} role="alert">
      <IconAlertTriangle size={22} stroke={1.6} aria-hidden color="var(--p-orphaned)" />
      <Heading>{problem}</Heading>
      {fix && <p>{fix}</p>}
      {action}
      {reference && (
        <small>
          Reference <code>{reference}</code>
        </small>
      )}
    </div>
  )
}
