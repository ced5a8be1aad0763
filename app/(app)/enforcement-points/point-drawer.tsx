'use client'

import { Select, TextInput } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import type { Named } from '@/components/assign/targets'
import { FormDrawer } from '@/components/registry/form-drawer'
import { ReasonField, SlugField } from '@/components/registry/form-fields'
import { ReferenceSelect } from '@/components/registry/reference-select'
import {
  independentPrivilegesSentences,
  knownTitles,
  pointKindMeanings,
  pointKindTitles,
} from '@/components/registry/titles'
import { useSave } from '@/components/registry/use-save'
import { knowns, pointKinds } from '@/lib/registry/model'
import { type PointFormValues, pointFormSchema } from './point-form'

interface PointDrawerProps {
  opened: boolean
  onClose: () => void
  initial: PointFormValues
  /** The team that runs it now. */
  team: Named | null
  /** Whether the point is made here: only then its slug can be chosen. */
  isNew: boolean
  save: (values: PointFormValues, present: PointFormValues) => Promise<void>
}

/** The form of an enforcement point, to register a new one or to edit one. */
export function PointDrawer({ opened, onClose, initial, team, isNew, save }: PointDrawerProps) {
  const form = useForm<PointFormValues>({
    initialValues: initial,
    validate: schemaResolver(pointFormSchema, { sync: true }),
  })
  const saving = useSave({ form, initial, save, onSaved: onClose })
  return (
    <FormDrawer
      opened={opened}
      onClose={onClose}
      title={isNew ? 'New enforcement point' : `Edit ${initial.name}`}
      submitLabel={isNew ? 'Register enforcement point' : 'Save'}
      {...saving}
    >
      <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
      {isNew && <SlugField placeholder="claims-core" {...form.getInputProps('slug')} />}
      <Select
        label="Kind"
        description={pointKindMeanings[form.values.kind]}
        allowDeselect={false}
        data={pointKinds.map((value) => ({ value, label: pointKindTitles[value] }))}
        {...form.getInputProps('kind')}
      />
      <ReferenceSelect
        kind="team"
        label="Run by"
        description="The team that operates it; owning enforcement here has to be taken on besides"
        placeholder="Find a team"
        clearable
        known={team && { value: team.slug, label: team.name }}
        {...form.getInputProps('team')}
      />
      <Select
        label="Own privileges"
        description={independentPrivilegesSentences[form.values.independentPrivileges]}
        allowDeselect={false}
        data={knowns.map((value) => ({ value, label: knownTitles[value] }))}
        {...form.getInputProps('independentPrivileges')}
      />
      <TextInput
        label="AuthZEN address"
        description="Where its decision point takes questions, if it does. Another host than before forgets the credential."
        placeholder="https://pdp.example.org"
        {...form.getInputProps('decisionEndpoint')}
      />
      <ReasonField {...form.getInputProps('reason')} />
    </FormDrawer>
  )
}
