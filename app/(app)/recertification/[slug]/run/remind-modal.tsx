'use client'

import { Loader, Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { api } from '@/components/api'
import type { ReminderReach } from '@/lib/recertification/mail/remind'
import { ActModal } from './act-modal'
import classes from './run.module.css'

const shownMax = 8
const number = (count: number) => count.toLocaleString('en')
const people = (count: number) => `${number(count)} ${count === 1 ? 'person' : 'people'}`

/** Shows whom a reminder reaches and when, and sends it: to everybody, or to one of them. */
export function RemindModal({ slug, onClose }: { slug: string; onClose: () => void }) {
  const [reach, setReach] = useState<ReminderReach | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    let current = true
    api('campaigns.remindPreview', { slug })
      .then((found) => current && setReach(found))
      .catch((error: unknown) => {
        if (current) setProblem(error instanceof Error ? error.message : 'Whom it reaches could not be found out.')
      })
    return () => {
      current = false
    }
  }, [slug])
  const nobody = reach?.reminded === 0 ? 'Nobody has anything to answer now: what is open was put off.' : true

  return (
    <ActModal
      title="Remind who has not answered"
      initial={{ person: null as string | null }}
      confirmLabel="Remind"
      can={problem ?? nobody}
      onClose={onClose}
      act={async ({ person }) => {
        const { reminded, tomorrow } = await api('campaigns.remind', { slug, ...(person !== null && { person }) })
        const later = tomorrow > 0 ? ` ${number(tomorrow)} had a mail today and hear tomorrow.` : ''
        notifications.show({ message: `${people(reminded)} ${reminded === 1 ? 'is' : 'are'} reminded.${later}` })
      }}
    >
      {(form) =>
        reach === null ? (
          problem === null && <Loader size={18} aria-label="Finding out" />
        ) : (
          <>
            <Reach reach={reach} only={form.values.person} />
            <Select
              label="Whom"
              searchable
              clearable
              placeholder="Everybody who has not answered"
              data={reach.people.rows.map(({ person }) => ({ value: person.externalId, label: person.name }))}
              {...form.getInputProps('person')}
            />
          </>
        )
      }
    </ActModal>
  )
}

/** Whom it reaches, and when each of them hears of it. */
function Reach({ reach: { people: found, reminded, tomorrow }, only }: { reach: ReminderReach; only: string | null }) {
  const rows = only === null ? found.rows : found.rows.filter(({ person }) => person.externalId === only)
  const more = only === null ? reminded - Math.min(shownMax, rows.length) : 0
  return (
    <div className={classes.what}>
      {only === null && (
        <p>
          {people(reminded)} with something to answer, each with their next mail: {number(reminded - tomorrow)} today
          {tomorrow > 0 && `, ${number(tomorrow)} tomorrow, for they had a mail today`}.
        </p>
      )}
      {rows.length > 0 && (
        <ul className={classes.reach} aria-label="Whom it reaches">
          {rows.slice(0, shownMax).map(({ person, standIn, open, hears }) => (
            <li key={person.externalId}>
              <span>
                {person.name}
                {standIn && <span className={classes.quiet}> by mail to {standIn.name}, who stands in</span>}
              </span>
              <span>{number(open)} open</span>
              <span>{hears}</span>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p className={classes.quiet}>and {number(more)} more</p>}
    </div>
  )
}
