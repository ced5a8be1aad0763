import type { OutputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { CopyButton } from '../copy-button'
import { TextLink } from '../links'
import { exactTime } from '../time'
import classes from './audit.module.css'
import { ChangeList } from './change-list'
import { Deed, DoorMark } from './event-parts'

type OneEvent = OutputOf<'audit.get'>

const kinds = { account: 'Account', token: 'API token of', system: 'Pentarch itself' } as const

/** One event in full: who, when, why, how, and what it changed. */
export function EventView({ event }: { event: OneEvent }) {
  const changes = event.changes.filter(({ subject }) => subject.id !== event.subject.id || event.changes.length > 1)
  return (
    <>
      <dl className={classes.changes}>
        <dt>Who</dt>
        <dd>
          <TextLink href={urls.audit({ actor: event.actor.id ?? event.actor.name })}>{event.actor.name}</TextLink>
          <span className={classes.quiet}>{kinds[event.actor.kind]}</span>
        </dd>
        <dt>When</dt>
        <dd>
          <time dateTime={event.at}>{exactTime(event.at)}</time>
        </dd>
        <dt>Why</dt>
        <dd>{event.reason ?? <span className={classes.quiet}>No reason was asked for</span>}</dd>
        <dt>Door</dt>
        <dd>
          <DoorMark door={event.door} />
        </dd>
        <dt>Action</dt>
        <dd>
          <code>{event.action}</code>
        </dd>
        <dt>Request</dt>
        <dd>
          <TextLink href={urls.audit({ requestId: event.requestId })}>All that it did</TextLink>
        </dd>
        <dt>Number</dt>
        <dd>
          {event.sequence.toLocaleString('en')}
          <CopyButton value={event.id} label="Copy the id of the event" />
        </dd>
      </dl>
      <h2>What changed</h2>
      <ChangeList event={event} />
      {changes.length > 0 && (
        <ol className={classes.events}>
          {changes.map((change) => (
            <li key={change.change}>
              <Deed event={change} />
              <ChangeList event={change} />
            </li>
          ))}
        </ol>
      )}
      {event.moreChanges && (
        <p className={classes.quiet}>These are the first; the history of each thing shows what was done to it.</p>
      )}
    </>
  )
}
