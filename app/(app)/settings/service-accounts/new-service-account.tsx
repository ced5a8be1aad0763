'use client'

import { Button, Modal, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { useSave } from '@/components/registry/use-save'
import type { Role } from '@/lib/access/model'
import { urls } from '@/lib/urls'
import { RoleSelect } from '../accounts/role-select'

type Values = { agent: string | null; role: Role }

const initial: Values = { agent: null, role: 'engineer' }

/** Makes a service account and goes on to its page, where its tokens are made. */
export function NewServiceAccount({ can }: { can: true | string }) {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <DisabledReason can={can} onClick={() => setOpened(true)}>
        New service account
      </DisabledReason>
      <Modal opened={opened} onClose={() => setOpened(false)} title="New service account" size={480}>
        <NewForm onCancel={() => setOpened(false)} />
      </Modal>
    </>
  )
}

function NewForm({ onCancel }: { onCancel: () => void }) {
  const router = useRouter()
  const form = useForm<Values>({
    initialValues: initial,
    validate: { agent: (agent) => (agent === null ? 'Choose an agent' : null) },
  })
  async function save({ agent, role }: Values) {
    if (agent === null) return
    await api('serviceAccounts.create', { agent, role })
    router.push(urls.serviceAccount(agent))
  }
  const { submit, pending, problem } = useSave({ form, initial, save, onSaved: () => undefined })
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <ReferenceSelect
          kind="agent"
          label="Agent"
          description="The script or service in the registry. Its sponsor answers for the account"
          placeholder="By name"
          required
          data-autofocus
          value={form.values.agent}
          error={form.errors.agent}
          onChange={(value) => form.setFieldValue('agent', value)}
        />
        <RoleSelect role={form.values.role} {...form.getInputProps('role')} />
        <Problem text={problem} />
        <FormFoot onCancel={onCancel}>
          <Button type="submit" loading={pending}>
            Make account
          </Button>
        </FormFoot>
      </Stack>
    </form>
  )
}
