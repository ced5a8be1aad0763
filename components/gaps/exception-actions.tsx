'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { GapException } from '@/lib/gaps/work/model'
import { api } from '../api'
import { DisabledReason } from '../disabled-reason'
import { ReasonModal } from '../reason-modal'

const acts = {
  approve: { label: 'Approve', confirm: 'Approve', done: 'Approved: the risk is accepted until it expires.' },
  refuse: { label: 'Refuse', confirm: 'Refuse', done: 'Refused.' },
  withdraw: { label: 'Withdraw', confirm: 'Withdraw', done: 'Withdrawn.' },
} as const
type Act = keyof typeof acts

/** What can be decided about an exception, each with its reason. What cannot be pressed says why. */
export function ExceptionActions({ exception }: { exception: GapException }) {
  const { id, state, version, can, title, subject } = exception
  const router = useRouter()
  const [act, setAct] = useState<Act | null>(null)
  const open: readonly Act[] =
    state === 'asked' ? ['approve', 'refuse', 'withdraw'] : state === 'in_force' ? ['withdraw'] : []

  async function decide(name: Act, note: string) {
    await api(`exceptions.${name}`, { id, note, version })
    notifications.show({ message: acts[name].done })
    router.refresh()
  }

  return (
    <>
      {open.map((name) => (
        <DisabledReason
          key={name}
          can={name === 'withdraw' ? can.withdraw : can.decide}
          size="compact-sm"
          variant={name === 'approve' ? 'light' : 'default'}
          onClick={() => setAct(name)}
        >
          {acts[name].label}
        </DisabledReason>
      ))}
      {act && (
        <ReasonModal
          opened
          onClose={() => setAct(null)}
          title={`${acts[act].label} the exception`}
          confirmLabel={acts[act].confirm}
          dangerous={act === 'refuse'}
          onConfirm={(note) => decide(act, note)}
        >
          {title} on {subject.slug}
        </ReasonModal>
      )}
    </>
  )
}
