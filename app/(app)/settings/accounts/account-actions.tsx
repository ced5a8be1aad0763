'use client'

import { ActionIcon, Menu, Modal, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DisabledReason } from '@/components/disabled-reason'
import { ReasonModal } from '@/components/reason-modal'
import type { AccountRow } from '@/lib/access/accounts/model'
import type { OutputOf } from '@/lib/http/client'
import { AccountForm, type AccountValues } from './account-form'
import { SentLink } from './sent-link'

type Dialog = 'edit' | 'link' | 'state' | 'factors' | 'sessions' | 'tokens' | null

interface AccountActionsProps {
  account: AccountRow
  can: true | string
  isOwn: boolean
}

/** All that can be done to an account by somebody else. One's own is looked after under Sign-in. */
export function AccountActions({ account, can, isOwn }: AccountActionsProps) {
  const router = useRouter()
  const [dialog, setDialog] = useState<Dialog>(null)
  const [sent, setSent] = useState<OutputOf<'accounts.reset'> | null>(null)
  const { id, name, status, version } = account
  const isActive = status === 'active'
  const close = () => {
    setDialog(null)
    setSent(null)
  }
  const done = (message: string) => {
    notifications.show({ message })
    router.refresh()
  }
  if (can !== true || isOwn)
    return (
      <DisabledReason
        size="compact-xs"
        variant="default"
        can={
          can === true
            ? 'Your own sign-in is under Settings, Sign-in; your role is changed by another administrator.'
            : can
        }
        aria-label={`Edit ${name}`}
      >
        Edit
      </DisabledReason>
    )

  return (
    <>
      <Menu position="bottom-end" width={250} withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size="sm" aria-label={`Actions for ${name}`}>
            <IconDots size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setDialog('edit')}>Edit</Menu.Item>
          <Menu.Item onClick={() => setDialog('link')} disabled={!isActive}>
            Send a link to sign in
          </Menu.Item>
          <Menu.Item onClick={() => setDialog('sessions')}>Sign out everywhere</Menu.Item>
          <Menu.Item
            onClick={() => setDialog('factors')}
            disabled={!account.waysIn.app && account.waysIn.passkeys === 0}
          >
            Take app and passkeys away
          </Menu.Item>
          <Menu.Item onClick={() => setDialog('tokens')}>Revoke all API tokens</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => setDialog('state')}>{isActive ? 'Disable' : 'Enable again'}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={dialog === 'edit'} onClose={close} title={`Edit ${name}`} size={480}>
        <EditForm account={account} onClose={close} />
      </Modal>
      <ConfirmModal
        opened={dialog === 'link'}
        onClose={() => setDialog(null)}
        title={`Send ${name} a link`}
        confirmLabel="Send"
        onConfirm={async () => setSent(await api('accounts.reset', { id }))}
      >
        With it they choose their password {account.seenAt === null ? '' : 'anew '}once. Any link sent before holds no
        more.
      </ConfirmModal>
      <Modal opened={sent !== null} onClose={close} title={`A link for ${name}`} size={480} closeOnClickOutside={false}>
        {sent && <SentLink to={name} {...sent} onDone={close} />}
      </Modal>
      <ConfirmModal
        opened={dialog === 'sessions'}
        onClose={close}
        title={`Sign ${name} out everywhere`}
        confirmLabel="Sign out"
        dangerous
        onConfirm={async () => {
          const { ended } = await api('accounts.endSessions', { id })
          done(`${name} is signed out in ${ended === 1 ? 'one place' : `${ended} places`}.`)
        }}
      >
        They can sign in again at once. To keep them out, disable the account.
      </ConfirmModal>
      <ReasonModal
        opened={dialog === 'factors'}
        onClose={close}
        title={`Take the app and the passkeys of ${name} away`}
        confirmLabel="Take away"
        onConfirm={async (reason) => {
          await api('accounts.clearFactors', { id, reason })
          done(`${name} signs in by password alone, until they add a passkey or an app again.`)
        }}
      >
        For whoever has lost them. Make sure by another way that it is {name} who asks.
      </ReasonModal>
      <ReasonModal
        opened={dialog === 'tokens'}
        onClose={close}
        title={`Revoke all API tokens of ${name}`}
        confirmLabel="Revoke"
        dangerous
        onConfirm={async (reason) => {
          const { revoked } = await api('accounts.revokeTokens', { id, reason })
          done(
            `${revoked === 1 ? 'One token' : `${revoked} tokens`} of ${name} ${revoked === 1 ? 'is' : 'are'} revoked.`,
          )
        }}
      >
        Whatever uses them is refused from now on. They cannot be brought back.
      </ReasonModal>
      <ReasonModal
        opened={dialog === 'state'}
        onClose={close}
        title={isActive ? `Disable ${name}` : `Enable ${name} again`}
        confirmLabel={isActive ? 'Disable' : 'Enable'}
        onConfirm={async (reason) => {
          await api('accounts.update', { id, version, status: isActive ? 'disabled' : 'active', reason })
          done(isActive ? `${name} can sign in no more.` : `${name} can sign in again.`)
        }}
      >
        <Text size="sm" component="span">
          {isActive
            ? 'They are signed out at once, and their API tokens are refused. What they own in the registry stays theirs.'
            : 'They sign in as before.'}
        </Text>
      </ReasonModal>
    </>
  )
}

function EditForm({ account, onClose }: { account: AccountRow; onClose: () => void }) {
  const router = useRouter()
  const { id, version, email, name, role, person } = account
  const initial: AccountValues = { email, name, role, person: person?.externalId ?? null }

  async function save(values: AccountValues, present: AccountValues) {
    await api('accounts.update', {
      ...{ id, version },
      ...(values.name.trim() !== present.name && { name: values.name.trim() }),
      ...(values.role !== present.role && { role: values.role }),
      ...(values.person !== present.person && { person: values.person }),
    })
  }
  return (
    <AccountForm
      initial={initial}
      person={person && { value: person.externalId, label: person.name }}
      isNew={false}
      note={
        <Text size="xs" c="dimmed">
          With another role or person, they are signed out and sign in again.
        </Text>
      }
      submitLabel="Save"
      save={save}
      onSaved={() => {
        onClose()
        router.refresh()
      }}
      onCancel={onClose}
    />
  )
}
