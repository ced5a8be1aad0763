'use client'

import { Button, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { api } from '@/components/api'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { useSave } from '@/components/registry/use-save'
import { type RemediationDetail, remediationReasonSchema } from '@/lib/recertification/remediation/model'
import { fits } from '../../field-rules'

interface FormProps {
  remediation: RemediationDetail
  onClose: () => void
  /** Says in a sentence what was done. */
  onDone: (sentence: string) => void
}

interface DialogProps extends Pick<ReturnType<typeof useSave>, 'onSubmit' | 'pending' | 'problem' | 'stale'> {
  title: string
  submitLabel: string
  onClose: () => void
  children: React.ReactNode
}

function Dialog({ title, submitLabel, onClose, onSubmit, pending, problem, stale, children }: DialogProps) {
  const router = useRouter()
  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          {children}
          <Problem text={problem} />
          <FormFoot
            onCancel={onClose}
            aside={
              stale && (
                <Button variant="default" mr="auto" onClick={() => router.refresh()}>
                  Reload, keeping what I typed
                </Button>
              )
            }
          >
            <Button type="submit" loading={pending}>
              {submitLabel}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  )
}

/** Gives a remediation to a person, or to nobody. */
export function AssignForm({ remediation: { id, version, assignee: present }, onClose, onDone }: FormProps) {
  const initial = useMemo(() => ({ assignee: present?.id ?? '', note: '' }), [present?.id])
  const form = useForm({ initialValues: initial })
  const saving = useSave({
    form,
    initial,
    async save({ assignee, note }) {
      const said = note.trim()
      const { assignee: given } = await api('remediations.assign', {
        ...{ id, version, assignee: assignee || null },
        ...(said && { note: said }),
      })
      onDone(given ? `${given.name} sees to it now.` : 'Nobody sees to it now.')
    },
    onSaved: onClose,
  })
  return (
    <Dialog title="Assign this remediation" submitLabel="Assign" onClose={onClose} {...saving}>
      <ReferenceSelect
        kind="person"
        label="Assignee"
        description="Who sees to it that the access goes; empty for nobody"
        data-autofocus
        value={form.values.assignee || null}
        known={present && { value: present.id, label: present.name }}
        error={form.errors.assignee}
        onChange={(value) => form.setFieldValue('assignee', value ?? '')}
      />
      <Textarea label="Note" description="Stands in the history" autosize minRows={2} {...form.getInputProps('note')} />
    </Dialog>
  )
}

/** Moves the day by which the access has to be gone. */
export function DueForm({ remediation: { id, version }, dueOn, onClose, onDone }: FormProps & { dueOn: string }) {
  const initial = useMemo(() => ({ dueOn, reason: '' }), [dueOn])
  const form = useForm({
    initialValues: initial,
    validate: { dueOn: (value) => (value === '' ? 'Choose a day' : null), reason: fits(remediationReasonSchema) },
  })
  const saving = useSave({
    form,
    initial,
    async save(values) {
      await api('remediations.setDue', { id, version, dueOn: values.dueOn, reason: values.reason.trim() })
      onDone('Due date moved.')
    },
    onSaved: onClose,
  })
  return (
    <Dialog title="Move the due date" submitLabel="Move" onClose={onClose} {...saving}>
      <TextInput
        type="date"
        label="Due"
        description="The last day on which it is in time"
        required
        data-autofocus
        {...form.getInputProps('dueOn')}
      />
      <Textarea label="Reason" required autosize minRows={2} {...form.getInputProps('reason')} />
    </Dialog>
  )
}
