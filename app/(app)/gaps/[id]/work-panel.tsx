'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { GapStateBadge } from '@/components/badges'
import { DisabledReason } from '@/components/disabled-reason'
import { PersonLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { Facts } from '@/components/registry/facts'
import { Quiet } from '@/components/registry/quiet'
import type { GapDetail } from '@/lib/gaps/shapes'
import { movesFrom, type WorkState } from '@/lib/gaps/work/states'
import { Due } from '../due'
import { AssignForm, DueForm } from '../gap-forms'
import classes from '../gaps.module.css'

const moveTitles: Record<WorkState, string> = {
  open: 'Put back to open',
  acknowledged: 'Acknowledge',
  remediating: 'Start to mend',
}

interface WorkPanelProps {
  gap: GapDetail
  /** External id of the person who looks. */
  me: string | null
}

/** How far work on the gap has come, who sees to it, and by when. */
export function WorkPanel({ gap, me }: WorkPanelProps) {
  const { id, state, assignee, dueAt, dueByHand, version, can } = gap
  const router = useRouter()
  const [form, setForm] = useState<'assign' | 'due' | null>(null)
  const [pending, setPending] = useState<string | null>(null)
  const versions = { [id]: version }
  const over = state === 'resolved'

  function done(sentence: string) {
    notifications.show({ message: sentence })
    router.refresh()
  }
  async function act(name: string, work: () => Promise<string>) {
    setPending(name)
    try {
      done(await work())
    } catch (error) {
      notifications.show({ color: 'red', message: error instanceof Error ? error.message : 'It did not work.' })
    } finally {
      setPending(null)
    }
  }
  const move = (to: WorkState) =>
    act(to, async () => {
      await api('gaps.transition', { ids: [id], to, versions })
      return `The gap is ${to} now.`
    })
  const give = (to: string | null) =>
    act('give', async () => {
      await api('gaps.assign', { ids: [id], assignee: to, versions })
      return to ? 'The gap is yours.' : 'The gap is nobody’s now.'
    })
  const mine = me !== null && assignee?.id === me
  const small = { variant: 'default', size: 'compact-sm' } as const

  return (
    <Panel title="Work">
      <div className={classes.work}>
        <Facts
          facts={[
            { label: 'State', value: <GapStateBadge state={state} /> },
            {
              label: 'Assignee',
              value: assignee ? <PersonLink id={assignee.id} name={assignee.name} /> : <Quiet>Nobody</Quiet>,
            },
            {
              label: 'Due',
              value: (
                <>
                  <Due gap={gap} />
                  {dueAt && <Quiet> {dueByHand ? 'moved by hand' : 'by policy'}</Quiet>}
                </>
              ),
            },
          ]}
        />
        {!over && (
          <div className={classes.buttons}>
            {movesFrom(state).map((to) => (
              <DisabledReason
                key={to}
                can={can.work}
                {...small}
                {...(to !== 'open' && { variant: 'light' })}
                loading={pending === to}
                onClick={() => move(to)}
              >
                {moveTitles[to]}
              </DisabledReason>
            ))}
            <DisabledReason
              can={can.take}
              {...small}
              loading={pending === 'give'}
              onClick={() => give(mine ? null : me)}
            >
              {mine ? 'Give it back' : 'Take it on'}
            </DisabledReason>
            <DisabledReason can={can.assign} {...small} onClick={() => setForm('assign')}>
              Assign
            </DisabledReason>
            <DisabledReason can={can.assign} {...small} onClick={() => setForm('due')}>
              Move due date
            </DisabledReason>
          </div>
        )}
      </div>
      {form === 'assign' && <AssignForm ids={[id]} onClose={() => setForm(null)} onDone={done} />}
      {form === 'due' && <DueForm ids={[id]} dueAt={dueAt} onClose={() => setForm(null)} onDone={done} />}
    </Panel>
  )
}
