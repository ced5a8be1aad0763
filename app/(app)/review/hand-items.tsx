'use client'

import { Button, Modal, Stack, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { api } from '@/components/api'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { useSave } from '@/components/registry/use-save'
import { reasonSchema } from '@/lib/registry/model'
import { fits } from '../field-rules'

const nothing = { to: '', reason: '' }

/** Hands some items to somebody else. */
export function HandItemsDialog({
  ids,
  onClose,
  onDone,
}: {
  ids: readonly string[]
  onClose: () => void
  onDone: () => void
}) {
  const form = useForm({
    initialValues: nothing,
    validate: { to: (value) => (value === '' ? 'Choose a person' : null), reason: fits(reasonSchema) },
  })
  async function save({ to, reason }: typeof nothing) {
    const { handedOver } = await api('reviews.handOver', { items: [...ids], to, reason: reason.trim() })
    notifications.show({ message: handedOver === 1 ? 'Handed over.' : `${handedOver} items handed over.` })
    onDone()
  }
  const { onSubmit, pending, problem } = useSave({ form, initial: nothing, save, onSaved: onClose })
  return (
    <Modal opened onClose={onClose} title={ids.length === 1 ? 'Hand over' : `Hand over ${ids.length} items`}>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <ReferenceSelect
            kind="person"
            label="To"
            description="Who is asked instead of you"
            required
            data-autofocus
            value={form.values.to || null}
            error={form.errors.to}
            onChange={(value) => form.setFieldValue('to', value ?? '')}
          />
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
