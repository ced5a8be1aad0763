'use client'

import { Select, Textarea, TextInput } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { FormDrawer } from '@/components/registry/form-drawer'
import { ReasonField, SlugField } from '@/components/registry/form-fields'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { RestrictedSwitch } from '@/components/registry/restricted'
import {
  classificationTitles,
  independentPrivilegesSentences,
  knownTitles,
  toolKindTitles,
} from '@/components/registry/titles'
import { useSave } from '@/components/registry/use-save'
import { classifications, knowns, toolKinds } from '@/lib/registry/model'
import { ActionsEditor } from './actions-editor'
import { type ToolFormValues, toolFormSchema } from './tool-form'

interface ToolDrawerProps {
  opened: boolean
  onClose: () => void
  initial: ToolFormValues
  /** The application that is named now. */
  application: { slug: string; name: string } | null
  /** Whether the tool is made here: only then its slug can be chosen. */
  isNew: boolean
  /** `true`, or why whoever edits may not say who knows of it. */
  mayRestrict: true | string
  save: (values: ToolFormValues, present: ToolFormValues) => Promise<void>
}

/** The form of a tool, to register a new one or to edit one. */
export function ToolDrawer({ opened, onClose, initial, application, isNew, mayRestrict, save }: ToolDrawerProps) {
  const form = useForm<ToolFormValues>({
    initialValues: initial,
    validate: schemaResolver(toolFormSchema, { sync: true }),
  })
  const saving = useSave({ form, initial, save, onSaved: onClose })
  return (
    <FormDrawer
      opened={opened}
      onClose={onClose}
      title={isNew ? 'New tool' : `Edit ${initial.name}`}
      submitLabel={isNew ? 'Register tool' : 'Save'}
      {...saving}
    >
      <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
      {isNew && <SlugField placeholder="crm" {...form.getInputProps('slug')} />}
      <Textarea label="Description" autosize minRows={2} maxRows={8} {...form.getInputProps('description')} />
      <Select
        label="Kind"
        allowDeselect={false}
        data={toolKinds.map((value) => ({ value, label: toolKindTitles[value] }))}
        {...form.getInputProps('kind')}
      />
      <Select
        label="Classification"
        description="How sensitive the data behind it is"
        allowDeselect={false}
        data={classifications.map((value) => ({ value, label: classificationTitles[value] }))}
        {...form.getInputProps('classification')}
      />
      <Select
        label="Own privileges"
        description={independentPrivilegesSentences[form.values.independentPrivileges]}
        allowDeselect={false}
        data={knowns.map((value) => ({ value, label: knownTitles[value] }))}
        {...form.getInputProps('independentPrivileges')}
      />
      <ReferenceSelect
        kind="application"
        label="Application"
        description="Where its work happens, and the limit has to be honoured"
        placeholder="Find an application"
        clearable
        known={application && { value: application.slug, label: application.name }}
        {...form.getInputProps('application')}
      />
      <ActionsEditor form={form} />
      <RestrictedSwitch can={mayRestrict} {...form.getInputProps('restricted', { type: 'checkbox' })} />
      <ReasonField {...form.getInputProps('reason')} />
    </FormDrawer>
  )
}
