'use client'

import { Modal } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DisabledReason } from '@/components/disabled-reason'
import type { TokenScope } from '@/lib/access/model'
import { MadeToken } from './made-token'
import { type Made, TokenForm } from './token-form'

interface NewTokenProps {
  can: true | string
  /** The slug of the agent whose service account it is for; the signed-in person's own without one. */
  agent?: string
  grantable: readonly TokenScope[]
}

/** Makes a token and shows it, this once. */
export function NewToken({ can, agent, grantable }: NewTokenProps) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)
  const [made, setMade] = useState<Made | null>(null)

  function close() {
    setOpened(false)
    if (!made) return
    setMade(null)
    router.refresh()
  }

  return (
    <>
      <DisabledReason can={can} onClick={() => setOpened(true)}>
        New token
      </DisabledReason>
      <Modal
        opened={opened}
        onClose={close}
        title={made ? `${made.name} is made` : 'New API token'}
        size={520}
        // A click beside the dialog must not lose what is shown only once.
        closeOnClickOutside={made === null}
      >
        {made ? (
          <MadeToken token={made.token} onDone={close} />
        ) : (
          <TokenForm agent={agent} grantable={grantable} onMade={setMade} onCancel={close} />
        )}
      </Modal>
    </>
  )
}
