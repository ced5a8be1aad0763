'use client'

import { Button, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { api } from '@/components/api'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { useSave } from '@/components/registry/use-save'
import { reasonSchema } from '@/lib/registry/model'
import { fits } from '../field-rules'
import { dayOf, endOfDay, inDays } from './dates'

/** A form about one or several gaps. */
export interface GapFormProps {
  ids: readonly string[]
  onClose: () => void
  /** Says in a sentence what was done. */
  onDone: (sentence: string) => void
}

const these = (ids: readonly string[]) => (ids.length === 1 ? 'this gap' : `${ids.length} gaps`)

function Buttons({ label, pending, onClose }: { label: string; pending: boolean; onClose: () => void }) {
  return (
    <FormFoot onCancel={onClose}>
      <Button type="submit" loading={pending}>
        {label}
      </Button>
    </FormFoot>
  )
}

const nobody = { assignee: '', note: '' }

/** Gives gaps to a person. */
export function AssignForm({ ids, onClose, onDone }: GapFormProps) {
  const form = useForm({
    initialValues: nobody,
    validate: { assignee: (value) => (value === '' ? 'Choose a person' : null) },
  })
  async function save({ assignee, note }: typeof nobody) {
    const { changed } = await api('gaps.assign', { ids: [...ids], assignee, ...(note.trim() && { note: note.trim() }) })
    onDone(changed === 0 ? 'Assigned so already.' : `${changed === 1 ? 'One gap' : `${changed} gaps`} assigned.`)
  }
  const { onSubmit, pending, problem } = useSave({ form, initial: nobody, save, onSaved: onClose })
  return (
    <Modal opened onClose={onClose} title={`Assign ${these(ids)}`}>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <ReferenceSelect
            kind="person"
            label="Assignee"
            description="Who sees to it that it is mended"
            required
            data-autofocus
            value={form.values.assignee || null}
            error={form.errors.assignee}
            onChange={(value) => form.setFieldValue('assignee', value ?? '')}
          />
          <Textarea
            label="Note"
            description="Stands in the history"
            autosize
            minRows={2}
            {...form.getInputProps('note')}
          />
          <Problem text={problem} />
          <Buttons label="Assign" pending={pending} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}

/** Asks to accept the risk of gaps until a date. */
export function AskExceptionForm({ ids, onClose, onDone, daysMax }: GapFormProps & { daysMax: number }) {
  const now = Date.now()
  // The last day ends before the policy's limit does.
  const last = inDays(daysMax - 1, now)
  const initial = { reason: '', expires: inDays(Math.min(90, daysMax - 1), now) }
  const form = useForm({
    initialValues: initial,
    validate: { reason: fits(reasonSchema), expires: (value) => (value === '' ? 'Choose a day' : null) },
  })
  async function save({ reason, expires }: typeof initial) {
    await api('exceptions.ask', { gaps: [...ids], reason: reason.trim(), expires: endOfDay(expires) })
    onDone('Asked. Another governance lead or admin decides.')
  }
  const { onSubmit, pending, problem } = useSave({ form, initial: form.values, save, onSaved: onClose })
  return (
    <Modal opened onClose={onClose} title={`Ask for an exception for ${these(ids)}`}>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <Text size="sm">
            The risk is accepted until the day you choose, once somebody else has approved it. Then the gap opens again.
          </Text>
          <Textarea
            label="Reason"
            description="Why this can stand for a while"
            required
            autosize
            minRows={3}
            maxRows={8}
            data-autofocus
            {...form.getInputProps('reason')}
          />
          <TextInput
            type="date"
            label="Until"
            description={`At most ${daysMax.toLocaleString('en')} days, by policy`}
            required
            min={dayOf(now)}
            max={last}
            {...form.getInputProps('expires')}
          />
          <Problem text={problem} />
          <Buttons label="Ask for approval" pending={pending} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}

/** Moves the due date of gaps. */
export function DueForm({ ids, onClose, onDone, dueAt }: GapFormProps & { dueAt: string | null }) {
  const initial = { dueAt: dueAt ? dayOf(dueAt) : '', reason: '' }
  const form = useForm({
    initialValues: initial,
    validate: { reason: fits(reasonSchema), dueAt: (value) => (value === '' ? 'Choose a day' : null) },
  })
  async function save(values: typeof initial) {
    await api('gaps.setDue', { ids: [...ids], dueAt: endOfDay(values.dueAt), reason: values.reason.trim() })
    onDone('Due date moved.')
  }
  const { onSubmit, pending, problem } = useSave({ form, initial, save, onSaved: onClose })
  return (
    <Modal opened onClose={onClose} title={`Move the due date of ${these(ids)}`}>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <TextInput type="date" label="Due" required data-autofocus {...form.getInputProps('dueAt')} />
          <Textarea label="Reason" required autosize minRows={2} {...form.getInputProps('reason')} />
          <Problem text={problem} />
          <Buttons label="Move" pending={pending} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}
