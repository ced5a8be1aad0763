'use client'

import { Checkbox, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { PersonLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { ReasonModal } from '@/components/reason-modal'
import { RelativeTime } from '@/components/relative-time'
import type { OutputOf } from '@/lib/http/client'
import classes from './provisioning.module.css'

type Held = OutputOf<'provisioning.held'>['rows'][number]
type Decision = 'confirm' | 'dismiss'

interface HeldDeparturesProps {
  /** The first of them, the oldest first. */
  held: Held[]
  total: number
  holdAfter: OutputOf<'provisioning.get'>['holdAfter']
  can: true | string
}

const peopleWords = (count: number) => (count === 1 ? '1 person' : `${count.toLocaleString('en')} people`)

/** People of whom the provider says that they have left, too many at once to believe it unasked. */
export function HeldDepartures({ held, total, holdAfter, can }: HeldDeparturesProps) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [deciding, setDeciding] = useState<Decision | null>(null)
  const chosen = held.filter(({ id }) => !left.has(id))

  function toggle(id: string, isChosen: boolean) {
    const next = new Set(left)
    if (isChosen) next.delete(id)
    else next.add(id)
    setLeft(next)
  }

  const policy = `More than ${peopleWords(holdAfter.people)} and ${holdAfter.percent} % of those provisioned within an hour are held; the policy says how many.`
  if (held.length === 0) {
    return (
      <Panel title="Departures held" flush>
        <p className={classes.none}>Nobody waits. {policy}</p>
      </Panel>
    )
  }
  const may = can === true && chosen.length === 0 ? 'Choose at least one person.' : can
  return (
    <Panel title="Departures held" aside={total > held.length && `the first ${held.length} of ${total}`} flush>
      <div className={classes.head}>
        <Checkbox
          label={`${peopleWords(chosen.length)} chosen`}
          checked={chosen.length === held.length}
          indeterminate={chosen.length > 0 && chosen.length < held.length}
          onChange={({ currentTarget }) => setLeft(new Set(currentTarget.checked ? [] : held.map(({ id }) => id)))}
        />
        <Group gap={8}>
          <DisabledReason size="xs" variant="default" can={may} onClick={() => setDeciding('dismiss')}>
            Dismiss
          </DisabledReason>
          <DisabledReason size="xs" can={may} onClick={() => setDeciding('confirm')}>
            Confirm departures
          </DisabledReason>
        </Group>
      </div>
      <ul className={classes.list} aria-label="Departures held">
        {held.map(({ id, person, kind, at }) => (
          <li key={id}>
            <Checkbox
              aria-label={person.name}
              checked={!left.has(id)}
              onChange={({ currentTarget }) => toggle(id, currentTarget.checked)}
            />
            <PersonLink id={person.externalId} name={person.name} />
            <span className={classes.how}>
              {kind} <RelativeTime at={at} />
            </span>
          </li>
        ))}
      </ul>
      <Decide chosen={chosen} decision={deciding} onClose={() => setDeciding(null)} />
    </Panel>
  )
}

const words = {
  confirm: {
    title: 'Confirm departures',
    what: 'They count as left from now on: what they own is orphaned, their successors are asked, and certifications that rest on them are asked again.',
    done: 'left.',
  },
  dismiss: {
    title: 'Dismiss departures',
    what: 'They stay. The identity provider goes on saying that they have left until it says otherwise; nothing more follows from that.',
    done: 'stay.',
  },
} as const

interface DecideProps {
  chosen: readonly Held[]
  decision: Decision | null
  onClose: () => void
}

/** Asks why, and decides. */
function Decide({ chosen, decision, onClose }: DecideProps) {
  const router = useRouter()
  const { title, what, done } = words[decision ?? 'confirm']

  async function decide(reason: string) {
    const ids = chosen.map(({ id }) => id)
    const operation = decision === 'dismiss' ? 'provisioning.dismissHeld' : 'provisioning.confirmHeld'
    const { people } = await api(operation, { ids, reason })
    notifications.show({ message: `${peopleWords(people)} ${done}` })
    router.refresh()
  }

  return (
    <ReasonModal
      opened={decision !== null}
      onClose={onClose}
      title={`${title} of ${peopleWords(chosen.length)}`}
      confirmLabel={title}
      dangerous={decision === 'confirm'}
      onConfirm={decide}
    >
      {what}
    </ReasonModal>
  )
}
