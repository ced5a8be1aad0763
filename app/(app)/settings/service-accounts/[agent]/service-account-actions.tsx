'use client'

import { Button, Modal, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { ReasonModal } from '@/components/reason-modal'
import { useSave } from '@/components/registry/use-save'
import type { Role } from '@/lib/access/model'
import type { ServiceAccount } from '@/lib/access/service-accounts/model'
import { RoleSelect } from '../../accounts/role-select'

interface ServiceAccountActionsProps {
  account: ServiceAccount
  can: true | string
}

/** What an administrator does to a service account besides its tokens: another role, disable it, let it in again. */
export function ServiceAccountActions({ account, can }: ServiceAccountActionsProps) {
  const router = useRouter()
  const [dialog, setDialog] = useState<'role' | 'state' | null>(null)
  const close = () => setDialog(null)
  const { agent, version } = account
  const isActive = account.status === 'active'
  return (
    <>
      <DisabledReason can={can} variant="default" onClick={() => setDialog('role')}>
        Change role
      </DisabledReason>
      <DisabledReason can={can} variant="default" onClick={() => setDialog('state')}>
        {isActive ? 'Disable' : 'Enable again'}
      </DisabledReason>
      <Modal opened={dialog === 'role'} onClose={close} title={`Role of ${agent.name}`} size={480}>
        <RoleForm account={account} onClose={close} />
      </Modal>
      <ReasonModal
        opened={dialog === 'state'}
        onClose={close}
        title={isActive ? `Disable the account of ${agent.name}` : `Enable the account of ${agent.name} again`}
        confirmLabel={isActive ? 'Disable' : 'Enable'}
        onConfirm={async (reason) => {
          const status = isActive ? 'disabled' : 'active'
          await api('serviceAccounts.update', { agent: agent.slug, version, status, reason })
          notifications.show({ message: isActive ? 'Its tokens are refused.' : 'Its tokens are let in again.' })
          router.refresh()
        }}
      >
        {isActive ? 'Its tokens are refused at once. None is revoked.' : 'Its tokens that hold are let in again.'}
      </ReasonModal>
    </>
  )
}

function RoleForm({ account, onClose }: { account: ServiceAccount; onClose: () => void }) {
  const router = useRouter()
  const initial: { role: Role } = { role: account.role }
  const form = useForm({ initialValues: initial })
  const { submit, pending, problem } = useSave({
    form,
    initial,
    save: async ({ role }) => {
      await api('serviceAccounts.update', { agent: account.agent.slug, version: account.version, role })
    },
    onSaved: () => {
      onClose()
      router.refresh()
    },
  })
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <RoleSelect role={form.values.role} {...form.getInputProps('role')} />
        <Problem text={problem} />
        <FormFoot onCancel={onClose}>
          <Button type="submit" loading={pending}>
            Save
          </Button>
        </FormFoot>
      </Stack>
    </form>
  )
}
