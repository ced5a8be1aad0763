'use client'

import { Button, Modal, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { startRegistration } from '@simplewebauthn/browser'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DisabledReason } from '@/components/disabled-reason'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { RelativeTime } from '@/components/relative-time'
import { useAttempt } from '@/components/use-attempt'
import type { OutputOf } from '@/lib/http/client'
import classes from './sign-in.module.css'

type Passkey = OutputOf<'waysIn.list'>['passkeys'][number]

/** The passkeys of the signed-in person; another can be added, each can be removed. */
export function PasskeysPanel({ passkeys, can }: { passkeys: readonly Passkey[]; can: true | string }) {
  return (
    <>
      {passkeys.length === 0 ? (
        <Text size="sm" mb="sm">
          None yet. With one you sign in without a password, and nobody can phish it from you.
        </Text>
      ) : (
        <ul className={classes.list}>
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <div>
                <Text size="sm">{passkey.name}</Text>
                <Text size="xs" c="dimmed">
                  Added <RelativeTime at={passkey.createdAt} />
                  {passkey.lastUsedAt && (
                    <>
                      , last used <RelativeTime at={passkey.lastUsedAt} />
                    </>
                  )}
                </Text>
              </div>
              <RemovePasskey passkey={passkey} />
            </li>
          ))}
        </ul>
      )}
      <AddPasskey can={can} />
    </>
  )
}

function AddPasskey({ can }: { can: true | string }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)
  const [name, setName] = useState('')
  const { pending, problem, run } = useAttempt(
    async () => {
      if (name.trim() === '') throw new Error('Give it a name, such as that of the device.')
      const optionsJSON = await api('waysIn.newPasskey', {})
      const made = await startRegistration({ optionsJSON }).catch((error: unknown) => {
        const isThere = error instanceof Error && error.name === 'InvalidStateError'
        throw new Error(isThere ? 'This device has a passkey of yours already.' : 'No passkey was made.')
      })
      const { id, rawId, response } = made
      const { clientDataJSON, attestationObject, transports } = response
      await api('waysIn.addPasskey', {
        name: name.trim(),
        response: {
          ...{ id, rawId, type: 'public-key' as const, clientExtensionResults: {} },
          response: { clientDataJSON, attestationObject, ...(transports && { transports: known(transports) }) },
        },
      })
    },
    () => {
      notifications.show({ message: `You can sign in with ${name.trim()} now.` })
      setOpened(false)
      setName('')
      router.refresh()
    },
  )
  return (
    <>
      <DisabledReason can={can} variant="default" onClick={() => setOpened(true)}>
        Add a passkey
      </DisabledReason>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Add a passkey" size={420}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void run()
          }}
        >
          <Stack gap="md">
            <TextInput
              label="Name"
              description="That of the device, so that you know which to remove when it is lost"
              placeholder="Work laptop"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              maxLength={200}
              data-autofocus
            />
            <Problem text={problem} />
            <FormFoot onCancel={() => setOpened(false)}>
              <Button type="submit" loading={pending}>
                Go on
              </Button>
            </FormFoot>
          </Stack>
        </form>
      </Modal>
    </>
  )
}

const transportNames = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
const known = (transports: readonly string[]) => transportNames.filter((name) => transports.includes(name))

function RemovePasskey({ passkey }: { passkey: Passkey }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)
  async function remove() {
    await api('waysIn.removePasskey', { id: passkey.id })
    notifications.show({ message: `${passkey.name} opens your account no more.` })
    router.refresh()
  }
  return (
    <>
      <Button size="compact-xs" variant="default" aria-label={`Remove ${passkey.name}`} onClick={() => setOpened(true)}>
        Remove
      </Button>
      <ConfirmModal
        opened={opened}
        onClose={() => setOpened(false)}
        title={`Remove ${passkey.name}`}
        confirmLabel="Remove"
        dangerous
        onConfirm={remove}
      >
        It opens your account no more. Where you are signed in, you stay so.
      </ConfirmModal>
    </>
  )
}
