'use client'

import { Group, Modal, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DisabledReason } from '@/components/disabled-reason'
import { Problem } from '@/components/problem'
import { RelativeTime } from '@/components/relative-time'
import { useAttempt } from '@/components/use-attempt'
import type { OutputOf } from '@/lib/http/client'
import { AddApp } from './add-app'
import { RecoveryCodes } from './recovery-codes'

interface AppPanelProps {
  /** Since when an app is asked; null for none. */
  since: string | null
  /** Recovery codes that are left. */
  codes: number
  hasPassword: boolean
  can: true | string
}

/** The authenticator app of the signed-in person, and the codes that stand in for it. */
export function AppPanel({ since, codes, hasPassword, can }: AppPanelProps) {
  if (since !== null) return <WithApp since={since} codes={codes} can={can} />
  return <WithoutApp can={hasPassword ? can : 'Choose a password first: the code is asked for beside it.'} />
}

function WithoutApp({ can }: { can: true | string }) {
  const router = useRouter()
  const [secret, setSecret] = useState<OutputOf<'waysIn.newApp'> | null>(null)
  const [made, setMade] = useState<string[] | null>(null)
  const { pending, problem, run } = useAttempt(
    async () => setSecret(await api('waysIn.newApp', {})),
    () => undefined,
  )
  function close() {
    setSecret(null)
    setMade(null)
    router.refresh()
  }
  return (
    <>
      <Text size="sm" mb="sm">
        None is asked. With one, whoever learns your password still cannot sign in.
      </Text>
      <Problem text={problem} />
      <DisabledReason can={can} variant="default" loading={pending} onClick={() => run()}>
        Add an app
      </DisabledReason>
      <Modal
        opened={secret !== null}
        onClose={close}
        title={made ? 'Keep these recovery codes' : 'Add an authenticator app'}
        size={560}
        closeOnClickOutside={made === null}
      >
        {made ? (
          <RecoveryCodes codes={made} onDone={close} />
        ) : (
          secret && <AddApp secret={secret.secret} uri={secret.uri} onAdded={setMade} onCancel={close} />
        )}
      </Modal>
    </>
  )
}

function WithApp({ since, codes, can }: { since: string; codes: number; can: true | string }) {
  const router = useRouter()
  const [removing, setRemoving] = useState(false)
  const [made, setMade] = useState<string[] | null>(null)
  const { pending, problem, run } = useAttempt(
    async () => setMade((await api('waysIn.newRecoveryCodes', {})).recoveryCodes),
    () => undefined,
  )
  async function remove() {
    await api('waysIn.removeApp', {})
    notifications.show({ message: 'Your password alone signs you in again.' })
    router.refresh()
  }
  return (
    <>
      <Text size="sm" mb="sm">
        Asked for a code since <RelativeTime at={since} />.{' '}
        {codes === 1 ? 'One recovery code is' : `${codes} recovery codes are`} left.
      </Text>
      <Problem text={problem} />
      <Group gap="xs">
        <DisabledReason can={can} variant="default" loading={pending} onClick={() => run()}>
          New recovery codes
        </DisabledReason>
        <DisabledReason can={can} variant="default" onClick={() => setRemoving(true)}>
          Remove the app
        </DisabledReason>
      </Group>
      <Modal
        opened={made !== null}
        onClose={() => setMade(null)}
        title="Keep these recovery codes"
        size={560}
        closeOnClickOutside={false}
      >
        {made && (
          <RecoveryCodes
            codes={made}
            onDone={() => {
              setMade(null)
              router.refresh()
            }}
          />
        )}
      </Modal>
      <ConfirmModal
        opened={removing}
        onClose={() => setRemoving(false)}
        title="Remove the authenticator app"
        confirmLabel="Remove"
        dangerous
        onConfirm={remove}
      >
        Your password alone signs you in from then on, and your recovery codes hold no more.
      </ConfirmModal>
    </>
  )
}
