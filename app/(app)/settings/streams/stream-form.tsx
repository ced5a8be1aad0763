'use client'

import { Button, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { api } from '@/components/api'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { useSave } from '@/components/registry/use-save'
import { nameSchema, slugSchema } from '@/lib/registry/model'
import type { StreamKind } from '@/lib/streams/model'
import { fits } from '../../field-rules'
import { TargetFields } from './target-fields'
import { initialStream, type StreamValues, streamInput } from './values'
import { kindWords } from './words'

/** Where a new stream leads. */
export function StreamForm({ onAdded, onCancel }: { onAdded: () => void; onCancel: () => void }) {
  const form = useForm<StreamValues>({
    initialValues: initialStream,
    validate: { name: fits(nameSchema), slug: fits(slugSchema) },
  })

  async function save(values: StreamValues) {
    const { name } = await api('streams.create', streamInput(values))
    notifications.show({ message: `${name} is added; it begins with what happens from now on.` })
  }
  const { submit, pending, problem } = useSave({ form, initial: initialStream, save, onSaved: onAdded })

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Security operations"
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <TextInput
          label="Short name"
          description="What the command line calls it"
          placeholder="siem"
          required
          {...form.getInputProps('slug')}
        />
        <SegmentedControl<StreamKind>
          aria-label="Kind"
          data={(['webhook', 'syslog', 'file'] as const).map((value) => ({ value, label: kindWords[value] }))}
          {...form.getInputProps('kind')}
        />
        <TargetFields form={form} />
        <Problem text={problem} />
        <FormFoot onCancel={onCancel}>
          <Button type="submit" loading={pending}>
            Add stream
          </Button>
        </FormFoot>
      </Stack>
    </form>
  )
}
