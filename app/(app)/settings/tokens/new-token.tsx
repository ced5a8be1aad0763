'use client'

import { Modal } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DisabledReason } from '@/components/disabled-reason'
import type { TokenScope } from '@/lib/access/model'
import type { OutputOf } from '@/lib/http/client'
import { MadeToken } from './made-token'
import { TokenForm } from './token-form'

/** Makes a token and shows it, this once. */
export function NewToken({ can, grantable }: { can: true | string; grantable: readonly TokenScope[] }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)
  const [made, setMade] = useState<OutputOf<'tokens.create'> | null>(null)

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
          <TokenForm grantable={grantable} onMade={setMade} onCancel={close} />
        )}
      </Modal>
    </>
  )
}
