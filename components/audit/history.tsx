'use client'

import { Button } from '@mantine/core'
import type { OutputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { api } from '../api'
import { TextLink } from '../links'
import { Panel } from '../panel'
import { RelativeTime } from '../relative-time'
import { useMoreRows } from '../use-more-rows'
import classes from './audit.module.css'
import { ChangeList } from './change-list'
import { Deed, DoorMark } from './event-parts'

type Events = OutputOf<'audit.list'>

const historyRows = 20
const fieldsShown = 12

interface HistoryProps {
  /** Whose history: kind and slug or id, as `audit.list` takes it. */
  about: string
  first: Events
  /** What the section is called, where a page has a history of another kind as well. */
  title?: string
}

/** Every change of one thing and of what belongs to it, newest first: who did what, when, why and through which door. */
export function History({ about, first, title = 'History' }: HistoryProps) {
  const more = useMoreRows(first.rows, first.next, (cursor) => api('audit.list', { about, limit: historyRows, cursor }))
  return (
    <Panel title={title} aside={<TextLink href={urls.audit({ about })}>Open in the audit log</TextLink>} flush>
      {more.rows.length === 0 && <p className={classes.none}>Nothing has changed here since changes are recorded.</p>}
      <ol className={classes.events}>
        {more.rows.map((event) => (
          <li key={`${event.id} ${event.change}`}>
            <div className={classes.line}>
              <span className={classes.deed}>
                <b>{event.actor.name}</b> <Deed event={event} />
              </span>
              <span className={classes.end}>
                <DoorMark door={event.door} />
                <TextLink href={urls.auditEvent(event.id)}>
                  <RelativeTime at={event.at} />
                </TextLink>
              </span>
            </div>
            <ChangeList event={event} max={fieldsShown} />
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
