'use client'

import { Checkbox, Group, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { FormDrawer } from '@/components/registry/form-drawer'
import { ReasonField } from '@/components/registry/form-fields'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { credentialTypeTitles, decisionModeTitles } from '@/components/registry/titles'
import { useSave } from '@/components/registry/use-save'
import { credentialTypes, decisionModes, riskTiers } from '@/lib/registry/model'
import { AllowlistFields } from './allowlist-fields'
import { type BindingFormValues, bindingFormSchema } from './binding-form'
import { lifetimeUnits } from './lifetime'
import { PathEditor } from './path-editor'

interface Option {
  value: string
  label: string
}

interface BindingDrawerProps {
  opened: boolean
  onClose: () => void
  title: string
  initial: BindingFormValues
  /** The names of what the initial values refer to. */
  known?: { agent?: Option | null; tool?: Option | null; reviewer?: Option | null }
  /** Whether access is asked for here: only then agent, tool and environment are chosen. */
  isNew: boolean
  /** The tool's application, where the tool is known: it stays last on the path. */
  application?: { slug: string; name: string } | null
  /** Actions the tool is known to have. */
  actions?: readonly string[]
  save: (values: BindingFormValues, present: BindingFormValues) => Promise<void>
}

const sentence = (value: string) => value.charAt(0).toUpperCase() + value.slice(1)

/** The form of a binding, to request access or to edit it. */
export function BindingDrawer(props: BindingDrawerProps) {
  const { opened, onClose, initial, known = {}, isNew } = props
  const form = useForm<BindingFormValues>({
    initialValues: initial,
    validate: schemaResolver(bindingFormSchema, { sync: true }),
  })
  const saving = useSave({ form, initial, save: props.save, onSaved: onClose })
  return (
    <FormDrawer
      opened={opened}
      onClose={onClose}
      title={props.title}
      submitLabel={isNew ? 'Request access' : 'Save'}
      {...saving}
    >
      {isNew && (
        <>
          <ReferenceSelect
            kind="agent"
            label="Agent"
            required
            placeholder="Find an agent"
            known={known.agent ?? null}
            {...form.getInputProps('agent')}
          />
          <ReferenceSelect
            kind="tool"
            label="Tool"
            required
            placeholder="Find a tool"
            known={known.tool ?? null}
            {...form.getInputProps('tool')}
          />
          <TextInput label="Environment" required {...form.getInputProps('environment')} />
        </>
      )}
      <Textarea
        label="Intent"
        description={isNew ? 'What the access is for' : 'What the access is for; a new text has to be approved again'}
        autosize
        minRows={2}
        maxRows={8}
        {...form.getInputProps('intent')}
      />
      {!isNew && (
        <Checkbox
          size="xs"
          label="Approve this intent in my name"
          {...form.getInputProps('approveIntent', { type: 'checkbox' })}
        />
      )}
      <TagsInput
        size="xs"
        label="Actions"
        description="What it may do there; Enter adds one"
        data={[...(props.actions ?? [])]}
        {...form.getInputProps('actions')}
      />
      <Select
        label="Risk"
        allowDeselect={false}
        data={riskTiers.map((value) => ({ value, label: sentence(value) }))}
        {...form.getInputProps('risk')}
      />
      <Select
        label="Decided"
        description="When each call is allowed or denied"
        allowDeselect={false}
        data={decisionModes.map((value) => ({ value, label: decisionModeTitles[value] }))}
        {...form.getInputProps('decisionMode')}
      />
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Select
          label="Credential"
          flex={1}
          allowDeselect={false}
          data={credentialTypes.map((value) => ({ value, label: credentialTypeTitles[value] }))}
          {...form.getInputProps('credentialType')}
        />
        <NumberInput
          label="Lifetime"
          placeholder="Not known"
          w={110}
          min={0}
          allowNegative={false}
          {...form.getInputProps('lifetimeAmount')}
        />
        <Select
          aria-label="Unit of the lifetime"
          w={100}
          allowDeselect={false}
          data={[...lifetimeUnits]}
          {...form.getInputProps('lifetimeUnit')}
        />
      </Group>
      <Textarea
        label="Privilege boundary"
        description="What bounds its power there, such as a read-only role"
        placeholder="None recorded"
        autosize
        minRows={1}
        maxRows={6}
        {...form.getInputProps('boundary')}
      />
      <AllowlistFields form={form} reviewer={known.reviewer ?? null} />
      <PathEditor
        value={form.values.path}
        application={props.application ?? null}
        onChange={(path) => form.setFieldValue('path', path)}
        error={form.errors.path}
      />
      <ReasonField {...form.getInputProps('reason')} />
    </FormDrawer>
  )
}
