'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DisabledReason } from '@/components/disabled-reason'

/** Erases from the audit log what it holds of somebody who has left. */
export function EraseButton({ person, name, may }: { person: string; name: string; may: true | string }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  async function erase() {
    const { erased } = await api('people.erase', { person })
    notifications.show({
      message: `${erased} personal ${erased === 1 ? 'value is' : 'values are'} gone from the audit log.`,
    })
    router.refresh()
  }
  return (
    <>
      <DisabledReason can={may} variant="default" onClick={() => setOpen(true)}>
        Erase from audit log
      </DisabledReason>
      <ConfirmModal
        opened={open}
        onClose={() => setOpen(false)}
        title={`Erase ${name} from the audit log`}
        confirmLabel="Erase"
        dangerous
        onConfirm={erase}
      >
        Their name and address, and every text that names them, are deleted from the audit log for good. What was done
        and when stays, and every proof goes on holding. The registry keeps the person.
      </ConfirmModal>
    </>
  )
}
