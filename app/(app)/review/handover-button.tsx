'use client'

import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { useSave } from '@/components/registry/use-save'
import { reasonSchema } from '@/lib/registry/model'
import { fits } from '../field-rules'
import { dayOf } from '../gaps/dates'

/** Hands all of one's reviews to somebody else for a while. */
export function HandoverButton({ can, daysMax }: { can: true | string; daysMax: number }) {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <DisabledReason can={can} variant="default" onClick={() => setOpened(true)}>
        Hand over for a while
      </DisabledReason>
      {opened && <HandoverForm daysMax={daysMax} onClose={() => setOpened(false)} />}
    </>
  )
}

function HandoverForm({ daysMax, onClose }: { daysMax: number; onClose: () => void }) {
  const router = useRouter()
  const [initial] = useState(() => ({ to: '', startsOn: dayOf(Date.now()), endsOn: '', reason: '' }))
  const form = useForm({
    initialValues: initial,
    validate: {
      to: (value) => (value === '' ? 'Choose a person' : null),
      startsOn: (value) => (value === '' ? 'Choose a day' : null),
      endsOn: (value) => (value === '' ? 'Choose a day' : null),
      reason: fits(reasonSchema),
    },
  })
  async function save(values: typeof initial) {
    await api('handovers.create', { ...values, reason: values.reason.trim() })
    router.refresh()
  }
  const { onSubmit, pending, problem } = useSave({ form, initial, save, onSaved: onClose })
  return (
    <Modal opened onClose={onClose} title="Hand over all your reviews">
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <Text size="sm">
            Somebody else answers and is mailed instead of you. What they answer for themselves stays with you.
          </Text>
          <ReferenceSelect
            kind="person"
            label="To"
            required
            data-autofocus
            value={form.values.to || null}
            error={form.errors.to}
            onChange={(value) => form.setFieldValue('to', value ?? '')}
          />
          <Group grow align="flex-start">
            <TextInput type="date" label="First day" required {...form.getInputProps('startsOn')} />
            <TextInput
              type="date"
              label="Last day"
              required
              min={form.values.startsOn}
              {...form.getInputProps('endsOn')}
            />
          </Group>
          <Text size="xs" c="dimmed">
            At most {daysMax.toLocaleString('en')} days, by policy
          </Text>
          <Textarea label="Reason" required autosize minRows={2} {...form.getInputProps('reason')} />
          <Problem text={problem} />
          <FormFoot onCancel={onClose}>
            <Button type="submit" loading={pending}>
              Hand over
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  )
}
