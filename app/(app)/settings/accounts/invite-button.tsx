'use client'

import { Modal } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import type { OutputOf } from '@/lib/http/client'
import { AccountForm, type AccountValues } from './account-form'
import { SentLink } from './sent-link'

const nobody: AccountValues = { email: '', name: '', role: 'member', person: null }

/** Makes an account and sends whose it is a link to choose a way in. */
export function InviteButton({ can }: { can: true | string }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)
  const [made, setMade] = useState<(OutputOf<'accounts.invite'> & { to: string }) | null>(null)

  async function save({ email, name, role, person }: AccountValues) {
    const invited = { email: email.trim(), name: name.trim(), role, ...(person !== null && { person }) }
    setMade({ ...(await api('accounts.invite', invited)), to: name.trim() })
  }
  function close() {
    setOpened(false)
    setMade(null)
    router.refresh()
  }

  return (
    <>
      <DisabledReason can={can} onClick={() => setOpened(true)}>
        Invite somebody
      </DisabledReason>
      <Modal
        opened={opened}
        onClose={close}
        title={made ? `${made.to} is invited` : 'Invite somebody'}
        size={480}
        closeOnClickOutside={false}
      >
        {made ? (
          <SentLink {...made} onDone={close} />
        ) : (
          <AccountForm
            initial={nobody}
            person={null}
            isNew
            submitLabel="Invite"
            save={save}
            onSaved={() => undefined}
            onCancel={close}
          />
        )}
      </Modal>
    </>
  )
}
