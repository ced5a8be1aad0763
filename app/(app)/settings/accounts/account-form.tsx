'use client'

import { Button, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { type Option, ReferenceSelect } from '@/components/registry/reference-select'
import { useSave } from '@/components/registry/use-save'
import type { Role } from '@/lib/access/model'
import { emailSchema, nameSchema } from '@/lib/registry/model'
import { fits } from '../../field-rules'
import { RoleSelect } from './role-select'

export type AccountValues = { email: string; name: string; role: Role; person: string | null }

interface AccountFormProps {
  initial: AccountValues
  /** The person it belongs to now, as the select shows them. */
  person: Option | null
  isNew: boolean
  /** What to know before it is saved. */
  note?: ReactNode
  submitLabel: string
  save: (values: AccountValues, present: AccountValues) => Promise<void>
  onSaved: () => void
  onCancel: () => void
}

/** Whose account it is and what they may do. */
export function AccountForm({ initial, person, isNew, note, submitLabel, save, onSaved, onCancel }: AccountFormProps) {
  const form = useForm<AccountValues>({
    initialValues: initial,
    validate: { email: fits(emailSchema), name: fits(nameSchema) },
  })
  const { submit, pending, problem } = useSave({ form, initial, save, onSaved })
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <TextInput
          label="E-mail address"
          type="email"
          required
          disabled={!isNew}
          data-autofocus={isNew || undefined}
          {...form.getInputProps('email')}
        />
        <TextInput label="Name" required {...form.getInputProps('name')} />
        <RoleSelect role={form.values.role} {...form.getInputProps('role')} />
        <ReferenceSelect
          kind="person"
          label="Person"
          description="Who in the registry it belongs to; without one, nothing there is theirs"
          placeholder="By name"
          clearable
          known={person}
          value={form.values.person}
          error={form.errors.person}
          onChange={(value) => form.setFieldValue('person', value)}
        />
        {note}
        <Problem text={problem} />
        <FormFoot onCancel={onCancel}>
          <Button type="submit" loading={pending}>
            {submitLabel}
          </Button>
        </FormFoot>
      </Stack>
    </form>
  )
}
