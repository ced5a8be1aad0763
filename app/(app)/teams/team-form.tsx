'use client'

import { Alert, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { FormDrawer } from '@/components/registry/form-drawer'
import { ReasonField, SlugField } from '@/components/registry/form-fields'
import { teamFunctionTitles } from '@/components/registry/titles'
import { useSave } from '@/components/registry/use-save'
import { emailSchema, nameSchema, reasonSchema, slugSchema, teamFunctions } from '@/lib/registry/model'
import { fits, fitsOrEmpty } from '../field-rules'
import { optionsOf } from '../list-query'
import { MembersField } from './members-field'
import type { TeamValues } from './team-values'

interface TeamFormProps {
  opened: boolean
  onClose: () => void
  title: string
  submitLabel: string
  initial: TeamValues
  /** A new team may choose its slug; afterwards it stays. */
  isNew: boolean
  /** Why everything but the contact is closed to the editor, or null. */
  contactOnly: string | null
  /** Why the members cannot be edited here, or null. */
  membersClosed: string | null
  save: (values: TeamValues, present: TeamValues) => Promise<void>
  onSaved: () => void
}

/** The form of a team, new or edited. */
export function TeamForm(props: TeamFormProps) {
  const { initial, isNew, contactOnly, membersClosed, save, onSaved } = props
  const form = useForm<TeamValues>({
    initialValues: initial,
    validate: {
      name: fits(nameSchema),
      slug: fitsOrEmpty(slugSchema),
      function: (value) => (value ? null : 'Say what the team does'),
      contact: fitsOrEmpty(emailSchema),
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
  const closed = contactOnly !== null
  return (
    <FormDrawer
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      onSubmit={form.onSubmit(submit)}
      submitLabel={props.submitLabel}
      pending={pending}
      problem={problem}
      stale={stale}
    >
      {contactOnly && <Alert color="gray">{contactOnly}</Alert>}
      <TextInput label="Name" required disabled={closed} data-autofocus {...form.getInputProps('name')} />
      {isNew && <SlugField {...form.getInputProps('slug')} />}
      <Select
        label="Function"
        description="What the team does; suggests which layer it would own"
        required
        disabled={closed}
        allowDeselect={false}
        data={optionsOf(teamFunctions, teamFunctionTitles)}
        {...form.getInputProps('function')}
      />
      <TextInput
        label="Contact"
        description="Where the team as a whole is reached"
        type="email"
        {...form.getInputProps('contact')}
      />
      <MembersField
        members={form.values.members}
        error={form.errors.members}
        closed={contactOnly ?? membersClosed}
        onChange={(members) => form.setFieldValue('members', members)}
      />
      <ReasonField {...form.getInputProps('reason')} />
    </FormDrawer>
  )
}
