'use client'

import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { z } from 'zod'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { Problem } from '@/components/problem'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { useSave } from '@/components/registry/use-save'
import { proseSchema, slugSchema } from '@/lib/registry/model'

const schema = z.object({
  to: z
    .string()
    .nullable()
    .refine((to) => slugSchema.safeParse(to).success, 'Choose the agent it may call'),
  scope: proseSchema,
})
type Values = z.infer<typeof schema>
const empty: Values = { to: null, scope: '' }

/** Lets the agent call another one. */
export function AddDelegation({ agent, can }: { agent: { slug: string; name: string }; can: true | string }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)
  const form = useForm<Values>({ initialValues: empty, validate: schemaResolver(schema, { sync: true }) })
  const { onSubmit, pending, problem } = useSave({
    form,
    initial: empty,
    save: async ({ to, scope }) => {
      if (to !== null) await api('delegations.create', { from: agent.slug, to, scope: scope.trim() })
    },
    onSaved: () => {
      form.reset()
      setOpened(false)
      router.refresh()
    },
  })
  return (
    <>
      <DisabledReason can={can} size="compact-xs" variant="default" onClick={() => setOpened(true)}>
        Add
      </DisabledReason>
      <Modal opened={opened} onClose={() => setOpened(false)} title={`${agent.name} calls`}>
        <form onSubmit={onSubmit} noValidate>
          <Stack gap="md">
            <ReferenceSelect
              kind="agent"
              label="Agent"
              required
              placeholder="Find an agent"
              data-autofocus
              {...form.getInputProps('to')}
            />
            <Textarea
              label="Scope"
              description="What it may be called for, and on whose behalf"
              autosize
              minRows={2}
              {...form.getInputProps('scope')}
            />
            <Problem text={problem} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => setOpened(false)}>
                Cancel
              </Button>
              <Button type="submit" loading={pending}>
                Add
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
