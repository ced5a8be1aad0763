'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DisabledReason } from '@/components/disabled-reason'

const counted = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`

/** Erases somebody who has left from the registry, its past and the audit log. */
export function EraseButton({ person, name, may }: { person: string; name: string; may: true | string }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  async function erase() {
    const { erased, rows } = await api('people.erase', { person })
    notifications.show({
      message: `${counted(erased, 'personal value')} of the audit log and ${counted(rows, 'row')} of the registry and its past: erased.`,
    })
    // Their external id is gone with their name.
    router.replace(`/people/${person}`)
    router.refresh()
  }
  return (
    <>
      <DisabledReason can={may} variant="default" onClick={() => setOpen(true)}>
        Erase personal data
      </DisabledReason>
      <ConfirmModal
        opened={open}
        onClose={() => setOpen(false)}
        title={`Erase the personal data of ${name}`}
        confirmLabel="Erase"
        dangerous
        onConfirm={erase}
      >
        Their name, address and external id, and texts that name them, are erased for good from the registry, its past
        and the audit log. What was done and when stays, every proof goes on holding, and decisions in campaigns keep
        the name they were signed with. Their account stays until it is changed.
      </ConfirmModal>
    </>
  )
}
