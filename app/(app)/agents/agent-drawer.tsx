'use client'

import { Select, Textarea, TextInput } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { FormDrawer } from '@/components/registry/form-drawer'
import { ReasonField, SlugField } from '@/components/registry/form-fields'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { RestrictedSwitch } from '@/components/registry/restricted'
import { autonomyMeanings, autonomyTitles, primitiveTitles } from '@/components/registry/titles'
import { useSave } from '@/components/registry/use-save'
import { autonomies, identityPrimitives } from '@/lib/registry/model'
import { type AgentFormValues, agentFormSchema } from './agent-form'

interface AgentDrawerProps {
  opened: boolean
  onClose: () => void
  initial: AgentFormValues
  /** The sponsor that is named now. */
  sponsor: { externalId: string; name: string } | null
  /** Whether the agent is made here: only then its slug can be chosen. */
  isNew: boolean
  /** `true`, or why whoever edits may not say who knows of it. */
  mayRestrict: true | string
  save: (values: AgentFormValues, present: AgentFormValues) => Promise<void>
}

/** The form of an agent, to propose a new one or to edit one. */
export function AgentDrawer({ opened, onClose, initial, sponsor, isNew, mayRestrict, save }: AgentDrawerProps) {
  const form = useForm<AgentFormValues>({
    initialValues: initial,
    validate: schemaResolver(agentFormSchema, { sync: true }),
  })
  const saving = useSave({ form, initial, save, onSaved: onClose })
  return (
    <FormDrawer
      opened={opened}
      onClose={onClose}
      title={isNew ? 'New agent' : `Edit ${initial.name}`}
      submitLabel={isNew ? 'Propose agent' : 'Save'}
      {...saving}
    >
      <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
      {isNew && <SlugField placeholder="support-bot" {...form.getInputProps('slug')} />}
      <Textarea
        label="Purpose"
        description="What it is for, in a sentence or two"
        autosize
        minRows={2}
        maxRows={8}
        {...form.getInputProps('purpose')}
      />
      <ReferenceSelect
        kind="person"
        label="Sponsor"
        description="The person who answers for having it"
        placeholder="Find a person"
        clearable
        known={sponsor && { value: sponsor.externalId, label: sponsor.name }}
        {...form.getInputProps('sponsor')}
      />
      <Select
        label="Autonomy"
        description={autonomyMeanings[form.values.autonomy]}
        allowDeselect={false}
        data={autonomies.map((value) => ({ value, label: autonomyTitles[value] }))}
        {...form.getInputProps('autonomy')}
      />
      <TextInput label="Environment" required {...form.getInputProps('environment')} />
      <Select
        label="Identity"
        description="What it shows to prove who it is"
        placeholder="Not known"
        clearable
        data={identityPrimitives.map((value) => ({ value, label: primitiveTitles[value] }))}
        {...form.getInputProps('primitive')}
      />
      {form.values.primitive && (
        <TextInput
          label="Identifier"
          description="Such as a SPIFFE ID or a client id"
          {...form.getInputProps('identityId')}
        />
      )}
      <TextInput
        label="Decision log"
        description="Where its authorization decisions are logged"
        placeholder="None recorded"
        {...form.getInputProps('decisionLogSource')}
      />
      <RestrictedSwitch can={mayRestrict} {...form.getInputProps('restricted', { type: 'checkbox' })} />
      <ReasonField {...form.getInputProps('reason')} />
    </FormDrawer>
  )
}
