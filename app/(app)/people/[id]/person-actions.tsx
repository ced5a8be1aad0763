'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { LinkButton } from '@/components/links'
import { ReasonModal } from '@/components/reason-modal'
import { changedOf } from '@/components/registry/use-save'
import type { PersonDetail } from '@/lib/registry/people/model'
import { urls } from '@/lib/urls'
import { PersonForm } from '../person-form'
import { fieldsOf, type PersonValues, valuesOf } from '../person-values'
import { LeaveModal } from './leave-modal'

/** Edit, note that they left, note that they came back. */
export function PersonActions({ person, may }: { person: PersonDetail; may: true | string }) {
  const router = useRouter()
  const [open, setOpen] = useState<'edit' | 'status' | null>(null)
  const close = () => setOpen(null)
  const { externalId, version, name, status, manager } = person

  async function save(values: PersonValues, present: PersonValues) {
    const reason = values.reason.trim()
    const changed = changedOf(fieldsOf(present), fieldsOf(values))
    await api('people.update', { person: externalId, version, ...changed, ...(reason && { reason }) })
    router.refresh()
  }

  async function setStatus(reason: string) {
    const next = status === 'active' ? 'left' : 'active'
    await api('people.update', { person: externalId, version, status: next, reason })
    notifications.show({ message: next === 'left' ? `${name} is marked as left.` : `${name} is active again.` })
    router.refresh()
  }

  return (
    <>
      <DisabledReason can={may} variant="default" onClick={() => setOpen('edit')}>
        Edit
      </DisabledReason>
      <DisabledReason can={may} variant="default" onClick={() => setOpen('status')}>
        {status === 'active' ? 'Mark as left' : 'Mark as active'}
      </DisabledReason>
      {status === 'active' && (
        <LinkButton href={urls.whatIf({ personLeaves: externalId })} variant="default">
          What if they leave
        </LinkButton>
      )}
      <PersonForm
        opened={open === 'edit'}
        onClose={close}
        title={`Edit ${name}`}
        submitLabel="Save"
        initial={valuesOf(person)}
        manager={manager && { value: manager.externalId, label: manager.name }}
        isNew={false}
        save={save}
        onSaved={close}
      />
      {open === 'status' && status === 'active' && <LeaveModal person={person} onClose={close} onConfirm={setStatus} />}
      {open === 'status' && status === 'left' && (
        <ReasonModal
          opened
          onClose={close}
          title={`${name} is back`}
          confirmLabel="Mark as active"
          onConfirm={setStatus}
        >
          What they are still accountable for counts again.
        </ReasonModal>
      )}
    </>
  )
}
