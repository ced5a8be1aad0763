'use client'

import { Button, Modal, Stack, Textarea } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { z } from 'zod'
import { FormFoot } from '@/components/form-foot'
import { proseSchema, reasonSchema, slugSchema } from '@/lib/registry/model'
import { api } from '../api'
import { DisabledReason } from '../disabled-reason'
import { Problem } from '../problem'
import { ReasonField } from '../registry/form-fields'
import { ReferenceSelect } from '../registry/reference-select'
import { useSave } from '../registry/use-save'

const chosen = (message: string) =>
  z
    .string()
    .nullable()
    .refine((slug) => slugSchema.safeParse(slug).success, message)

const schema = z.object({
  from: chosen('Choose the agent that calls'),
  to: chosen('Choose the agent it may call'),
  scope: proseSchema,
  reason: reasonSchema,
})

interface AddDelegationProps {
  /** The agent that calls, where that is settled. */
  agent?: { slug: string; name: string }
  can: true | string
  label?: string
  /** Whether it is the main button of a page. */
  primary?: boolean
}

/** Lets one agent call another, with the reason. */
export function AddDelegation({ agent, can, label = 'Add', primary = false }: AddDelegationProps) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)
  const from: string | null = agent?.slug ?? null
  const initial = useMemo<z.infer<typeof schema>>(() => ({ from, to: null, scope: '', reason: '' }), [from])
  const form = useForm({ initialValues: initial, validate: schemaResolver(schema, { sync: true }) })
  const { onSubmit, pending, problem } = useSave({
    form,
    initial,
    save: async ({ from: caller, to, scope, reason }) => {
      if (caller === null || to === null) return
      await api('delegations.create', { from: caller, to, scope: scope.trim(), reason: reason.trim() })
    },
    onSaved: () => {
      form.reset()
      setOpened(false)
      router.refresh()
    },
  })
  return (
    <>
      <DisabledReason
        can={can}
        onClick={() => setOpened(true)}
        {...(!primary && { size: 'compact-xs', variant: 'default' })}
      >
        {label}
      </DisabledReason>
      <Modal opened={opened} onClose={() => setOpened(false)} title={agent ? `${agent.name} calls` : 'New delegation'}>
        <form onSubmit={onSubmit} noValidate>
          <Stack gap="md">
            {!agent && (
              <ReferenceSelect
                kind="agent"
                label="Agent that calls"
                required
                placeholder="Find an agent"
                data-autofocus
                {...form.getInputProps('from')}
              />
            )}
            <ReferenceSelect
              kind="agent"
              label={agent ? 'Agent' : 'Agent that is called'}
              required
              placeholder="Find an agent"
              {...(agent && { 'data-autofocus': true })}
              {...form.getInputProps('to')}
            />
            <Textarea
              label="Scope"
              description="What it may be called for, and on whose behalf"
              autosize
              minRows={2}
              {...form.getInputProps('scope')}
            />
            <ReasonField required {...form.getInputProps('reason')} />
            <Problem text={problem} />
            <FormFoot onCancel={() => setOpened(false)}>
              <Button type="submit" loading={pending}>
                Add
              </Button>
            </FormFoot>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
