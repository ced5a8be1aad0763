'use client'

import { Button, Group, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMemo } from 'react'
import { api } from '@/components/api'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { useSave } from '@/components/registry/use-save'
import { TimeZoneSelect } from '@/components/time-zone-select'
import { exportFormats, exportKinds, formatTitles, kindsOf } from '@/lib/exporters/names'
import { nameSchema, slugSchema } from '@/lib/registry/model'
import { dayIn } from '@/lib/time/calendar'
import { fits } from '../../field-rules'
import { DestinationFields } from './destination-fields'
import { initialSchedule, isFilter, type ScheduleValues, scheduleInput } from './values'

const intervals = [
  { value: 'day', label: 'Every day' },
  { value: 'week', label: 'Every week' },
  { value: 'month', label: 'Every month' },
]

/** What is exported, when, and where it goes. */
export function ScheduleForm({ onAdded, onCancel }: { onAdded: () => void; onCancel: () => void }) {
  const initial = useMemo(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    return initialSchedule(dayIn(new Date(), timeZone), timeZone)
  }, [])
  const form = useForm<ScheduleValues>({
    initialValues: initial,
    validate: {
      name: fits(nameSchema),
      slug: fits(slugSchema),
      filter: (parts) => (parts.every(isFilter) ? null : 'Write each as name=value, such as severity=high'),
    },
  })

  async function save(values: ScheduleValues) {
    const { name } = await api('exportSchedules.create', scheduleInput(values))
    notifications.show({ message: `${name} is added.` })
  }
  const { submit, pending, problem } = useSave({ form, initial, save, onSaved: onAdded })
  const carriers = exportFormats.filter((format) => kindsOf(format).includes(form.values.kind))

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <Group grow align="flex-start">
          <TextInput
            label="Name"
            placeholder="Gaps for audit"
            required
            data-autofocus
            {...form.getInputProps('name')}
          />
          <TextInput
            label="Short name"
            placeholder="gaps-audit"
            description="Begins the names of its files"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            required
            {...form.getInputProps('slug')}
          />
        </Group>
        <Group grow align="flex-start">
          <Select label="What" data={[...exportKinds]} allowDeselect={false} {...form.getInputProps('kind')} />
          <Select
            label="Format"
            data={carriers.map((value) => ({ value, label: formatTitles[value] }))}
            allowDeselect={false}
            {...form.getInputProps('format')}
          />
        </Group>
        <TagsInput
          label="Narrowed to"
          description="As its list is narrowed: name=value, such as severity=high"
          splitChars={[' ']}
          acceptValueOnBlur
          {...form.getInputProps('filter')}
        />
        <Group grow align="flex-start">
          <Select label="How often" data={intervals} allowDeselect={false} {...form.getInputProps('every')} />
          <TextInput label="From" type="date" required {...form.getInputProps('first')} />
          <TextInput label="At" type="time" required {...form.getInputProps('time')} />
        </Group>
        <TimeZoneSelect required {...form.getInputProps('timeZone')} />
        <DestinationFields form={form} />
        <Textarea
          label="Note"
          description="How long the files are kept there, and why"
          {...form.getInputProps('note')}
        />
        <Problem text={problem} />
        <FormFoot onCancel={onCancel}>
          <Button type="submit" loading={pending}>
            Add
          </Button>
        </FormFoot>
      </Stack>
    </form>
  )
}
