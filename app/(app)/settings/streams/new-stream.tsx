'use client'

import { Modal } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DisabledReason } from '@/components/disabled-reason'
import { StreamForm } from './stream-form'

/** Adds a stream. */
export function NewStream({ can }: { can: true | string }) {
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
        Add stream
      </DisabledReason>
      <Modal opened={opened} onClose={close} title="Add an event stream" size={560}>
        <StreamForm onAdded={added} onCancel={close} />
      </Modal>
    </>
  )
}
