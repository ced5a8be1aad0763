'use client'

import { Group, Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { knowns } from '@/lib/registry/model'
import type { BindingFormValues } from './binding-form'

interface AllowlistFieldsProps {
  form: UseFormReturnType<BindingFormValues>
  reviewer: { value: string; label: string } | null
}

const titles = { yes: 'Yes', no: 'No', unknown: 'Not known' }

/** Whether the tool keeps a list of its own of who may call, and when that was last looked at centrally. */
export function AllowlistFields({ form, reviewer }: AllowlistFieldsProps) {
  return (
    <>
      <Select
        label="Local allowlist"
        description="Whether the tool keeps a list of its own of who may call it"
        allowDeselect={false}
        data={knowns.map((value) => ({ value, label: titles[value] }))}
        {...form.getInputProps('allowlist')}
      />
      {form.values.allowlist === 'yes' && (
        <Group gap="xs" align="flex-start" grow>
          <TextInput type="date" label="Centrally reviewed on" {...form.getInputProps('reviewedAt')} />
          <ReferenceSelect
            kind="person"
            label="By"
            placeholder="Find a person"
            clearable
            known={reviewer}
            {...form.getInputProps('reviewedBy')}
          />
        </Group>
      )}
    </>
  )
}
