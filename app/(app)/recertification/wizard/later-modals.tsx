'use client'

import { Button, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { LaunchFields } from './launch-fields'
import type { CampaignForm } from './use-campaign-form'

interface LaterModalProps {
  form: CampaignForm
  pending: boolean
  problem: string | null
  onClose: () => void
}

/** Asks on which day a campaign starts. */
export function ScheduleModal({
  form,
  pending,
  problem,
  onClose,
  proposed,
  onSchedule,
}: LaterModalProps & { proposed: string; onSchedule: (day: string) => void }) {
  const [day, setDay] = useState(proposed)
  const missing = day === ''
  return (
    <Modal opened onClose={onClose} title="Schedule the start">
      <Stack gap="md">
        <Text size="sm">
          It starts by itself at the beginning of that day. Until then it can be changed, and its items are those that
          the scope matches on that day.
        </Text>
        <TextInput
          type="date"
          label="Starts on"
          required
          data-autofocus
          min={proposed}
          value={day}
          error={form.errors.startsOn ?? (missing ? 'Choose a day' : undefined)}
          onChange={({ currentTarget }) => {
            form.clearFieldError('startsOn')
            setDay(currentTarget.value)
          }}
        />
        <Problem text={form.errors.startsOn ? null : problem} />
        <FormFoot onCancel={onClose}>
          <Button loading={pending} disabled={missing} onClick={() => onSchedule(day)}>
            Schedule
          </Button>
        </FormFoot>
      </Stack>
    </Modal>
  )
}

/** Asks when a template launches by itself. */
export function TemplateModal({ form, pending, problem, onClose, onSave }: LaterModalProps & { onSave: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Save as a template">
      <Stack gap="md">
        <Text size="sm">A template keeps all of this for campaigns to come. The campaign itself stays as it is.</Text>
        <LaunchFields form={form} />
        <Problem text={problem} />
        <FormFoot onCancel={onClose}>
          <Button loading={pending} onClick={onSave}>
            Save the template
          </Button>
        </FormFoot>
      </Stack>
    </Modal>
  )
}
