'use client'

import { Modal } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DisabledReason } from '@/components/disabled-reason'
import { ScheduleForm } from './schedule-form'

/** Adds a scheduled export. */
export function NewSchedule({ can }: { can: true | string }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)
  const close = () => setOpened(false)

  function added() {
    close()
    router.refresh()
  }

  return (
    <>
      <DisabledReason can={can} onClick={() => setOpened(true)}>
        Add scheduled export
      </DisabledReason>
      <Modal opened={opened} onClose={close} title="Add a scheduled export" size={620}>
        <ScheduleForm onAdded={added} onCancel={close} />
      </Modal>
    </>
  )
}
