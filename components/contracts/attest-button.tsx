'use client'

import { Button, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormFoot } from '@/components/form-foot'
import { ApiProblem } from '@/lib/http/client'
import { api } from '../api'
import { DisabledReason } from '../disabled-reason'
import { Problem } from '../problem'

/** A tool that calls reach through the point, with what is in force there. */
export interface AttestableTool {
  slug: string
  name: string
  inForce: { version: number; digest: string } | null
}

interface AttestButtonProps {
  point: { slug: string; name: string }
  /** One is simply named, of several one is chosen. */
  tools: readonly AttestableTool[]
  can: true | string
  compact?: boolean
}

/** States which contract a point enforces for a tool. The digest in force is offered; any other that counts is taken. */
export function AttestButton({ point, tools, can, compact = false }: AttestButtonProps) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <DisabledReason
        can={can}
        variant="default"
        {...(compact && { size: 'compact-xs' })}
        aria-label={tools.length === 1 ? `Attest at ${point.name} for ${tools[0]?.name}` : undefined}
        onClick={() => setAsking(true)}
      >
        Attest
      </DisabledReason>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Attest at ${point.name}`}>
        <AttestForm point={point} tools={tools} onDone={() => setAsking(false)} />
      </Modal>
    </>
  )
}

function AttestForm({
  point,
  tools,
  onDone,
}: Pick<AttestButtonProps, 'point' | 'tools'> & {
  onDone: () => void
}) {
  const router = useRouter()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [first] = tools
  const form = useForm({
    initialValues: { tool: first?.slug ?? '', digest: first?.inForce?.digest ?? '', note: '' },
    validate: {
      tool: (value) => (value ? null : 'Choose the tool'),
      digest: (value) => (value.trim() ? null : 'Name the digest'),
    },
  })
  const chosen = tools.find(({ slug }) => slug === form.values.tool)

  async function attest({ tool, digest, note }: typeof form.values) {
    setPending(true)
    setProblem(null)
    try {
      const input = { point: point.slug, tool, digest: digest.trim(), ...(note.trim() && { note: note.trim() }) }
      const { message } = await api('attestations.create', input)
      notifications.show({ message })
      onDone()
      router.refresh()
    } catch (error) {
      const fields = error instanceof ApiProblem ? error.problem.errors : []
      form.setErrors(Object.fromEntries(fields.map(({ field, message }) => [field, message])))
      if (!fields.some(({ field }) => field in form.values))
        setProblem(error instanceof Error ? error.message : 'It could not be attested. Try again.')
    } finally {
      setPending(false)
    }
  }

  return (
    <form onSubmit={form.onSubmit(attest)} noValidate>
      <Stack gap="md">
        <Text size="sm">
          Say which contract {point.name} enforces as it runs now. It is kept with your name and the time.
        </Text>
        {tools.length === 1 ? (
          <TextInput label="Tool" value={first?.name ?? ''} readOnly />
        ) : (
          <Select
            label="Tool"
            required
            searchable
            allowDeselect={false}
            data={tools.map(({ slug, name }) => ({ value: slug, label: name }))}
            {...form.getInputProps('tool')}
            onChange={(slug) => {
              const digest = tools.find((tool) => tool.slug === slug)?.inForce?.digest
              form.setValues({ tool: slug ?? '', ...(digest !== undefined && { digest }) })
            }}
          />
        )}
        <TextInput
          label="Digest"
          description={
            chosen?.inForce
              ? `Version ${chosen.inForce.version} is in force; its digest is offered. Put in what is deployed.`
              : 'No contract of this tool is in force'
          }
          required
          data-autofocus
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--p-mono)', fontSize: 12 } }}
          {...form.getInputProps('digest')}
        />
        <Textarea
          label="Note"
          description="Such as the release or the change"
          autosize
          minRows={1}
          {...form.getInputProps('note')}
        />
        <Problem text={problem} />
        <FormFoot onCancel={onDone}>
          <Button type="submit" loading={pending}>
            Attest
          </Button>
        </FormFoot>
      </Stack>
    </form>
  )
}
