'use client'

import { Button } from '@mantine/core'
import type { OutputOf } from '@/lib/http/client'
import { api } from '../api'
import { Panel } from '../panel'
import { RelativeTime } from '../relative-time'
import { useMoreRows } from '../use-more-rows'
import { changesOf, deedOf } from './history-words'
import classes from './registry.module.css'

type Events = OutputOf<'audit.list'>

interface HistoryProps {
  subjectType: string
  subjectId: string
  first: Events
  /** Which source brought the subject: changes that came with an import are recorded with the import. */
  source: string
}

/** Every change of one thing, newest first: who did what, when and why, field by field. */
export function History({ subjectType, subjectId, first, source }: HistoryProps) {
  const more = useMoreRows(first.rows, first.next, (cursor) => api('audit.list', { subjectType, subjectId, cursor }))
  return (
    <Panel title="History" flush>
      {more.rows.length === 0 && (
        <p className={classes.none}>
          Nobody has changed it here. It came with {source}; what an import brings is in the history of the import.
        </p>
      )}
      <ol className={classes.list}>
        {more.rows.map((event) => (
          <li key={event.id} className={classes.event}>
            <div className={classes.line}>
              <span>
                <b>{event.actor.name}</b> {deedOf(event.action, event.after)}
              </span>
              <span className={classes.end}>
                <RelativeTime at={event.at} />
              </span>
            </div>
            {changesOf(event.before, event.after).map(({ field, was, is }) => (
              <p key={field} className={classes.change}>
                <span>{field}</span>
                {was !== null && <del title={was}>{was}</del>}
                {was !== null && <span aria-hidden>→</span>}
                <ins title={is}>{is}</ins>
              </p>
            ))}
            {event.reason && <p className={classes.reason}>“{event.reason}”</p>}
          </li>
        ))}
      </ol>
      {more.next !== null && (
        <div className={classes.more}>
          <Button variant="default" loading={more.pending} onClick={more.load}>
            Earlier changes
          </Button>
        </div>
      )}
      {more.problem && (
        <p role="alert" className={classes.none}>
          {more.problem}
        </p>
      )}
    </Panel>
  )
}
