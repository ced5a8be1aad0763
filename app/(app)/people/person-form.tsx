'use client'

import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { FormDrawer } from '@/components/registry/form-drawer'
import { ReasonField } from '@/components/registry/form-fields'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { useSave } from '@/components/registry/use-save'
import { TimeZoneSelect } from '@/components/time-zone-select'
import { emailSchema, externalIdSchema, nameSchema, reasonSchema } from '@/lib/registry/model'
import { fits, fitsOrEmpty } from '../field-rules'
import type { PersonValues } from './person-values'

interface PersonFormProps {
  opened: boolean
  onClose: () => void
  title: string
  submitLabel: string
  initial: PersonValues
  /** Who manages them now, by name. */
  manager: { value: string; label: string } | null
  /** A new person may be given the id that their source knows them by; afterwards it stays. */
  isNew: boolean
  save: (values: PersonValues, present: PersonValues) => Promise<void>
  onSaved: () => void
}

/** The form of a person, new or edited. */
export function PersonForm({ initial, manager, isNew, save, onSaved, ...drawer }: PersonFormProps) {
  const form = useForm<PersonValues>({
    initialValues: initial,
    validate: {
      name: fits(nameSchema),
      externalId: fitsOrEmpty(externalIdSchema),
      email: fitsOrEmpty(emailSchema),
      reason: fitsOrEmpty(reasonSchema),
    },
  })
  const { submit, pending, problem, stale } = useSave({
    form,
    initial,
    save,
    onSaved() {
      // The reason was for this change, not for the next.
      form.setFieldValue('reason', '')
      onSaved()
    },
  })
  return (
    <FormDrawer {...drawer} onSubmit={form.onSubmit(submit)} pending={pending} problem={problem} stale={stale}>
      <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
      {isNew && (
        <TextInput
          label="External id"
          description="How your directory calls them, so that imports find them; made of the name when empty"
          {...form.getInputProps('externalId')}
        />
      )}
      <TextInput label="E-mail" type="email" {...form.getInputProps('email')} />
      <TimeZoneSelect
        description="Where their days end and their mail comes in the morning; that of the organisation when empty"
        {...form.getInputProps('timeZone')}
      />
      <ReferenceSelect
        kind="person"
        label="Manager"
        description="Asked when they have left and nobody else is named"
        placeholder="By name"
        clearable
        known={manager}
        value={form.values.manager}
        error={form.errors.manager}
        onChange={(chosen) => form.setFieldValue('manager', chosen)}
      />
      <ReasonField {...form.getInputProps('reason')} />
    </FormDrawer>
  )
}
