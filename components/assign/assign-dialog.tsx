'use client'

import { Button, Collapse, Modal, Radio, Select, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { FormFoot } from '@/components/form-foot'
import { layerOf } from '@/lib/layers'
import { deputiesMax } from '@/lib/ownership/model'
import { reasonSchema } from '@/lib/registry/model'
import { api } from '../api'
import { DisabledReason } from '../disabled-reason'
import { Problem } from '../problem'
import { PeopleSelect } from '../registry/people-select'
import { type Option, ReferenceSelect } from '../registry/reference-select'
import { showFirstError } from '../registry/use-save'
import { useAttempt } from '../use-attempt'
import type { LikelyOwner } from './likely'
import { SuggestedOwners } from './suggested-owners'
import { type AssignAt, type Assignable, mayNameAll, targetsOf } from './targets'
import { useLikelyOwners, useViewer } from './use-assign-help'

interface AssignDialogProps {
  items: readonly Assignable[]
  onClose: () => void
  /** Called with the ids of the new assignments, for undo. */
  onAssigned: (ids: string[], sentence: string) => void
}

const places: { value: AssignAt; label: string; description: string }[] = [
  {
    value: 'natural',
    label: 'Where the layer belongs',
    description: 'The agent for identity, entitlement and monitoring; the tool for privilege and enforcement',
  },
  { value: 'binding', label: 'Only here', description: 'This agent on this tool, nothing else' },
  { value: 'agent', label: 'The agent', description: 'Whatever tool it calls' },
  { value: 'tool', label: 'The tool', description: 'Whichever agent calls it' },
]

const shownTargets = 4

function Effect({ labels }: { labels: readonly string[] }) {
  return (
    <Text size="sm" c="dimmed">
      Sets {labels.slice(0, shownTargets).join(', ')}
      {labels.length > shownTargets ? ` and ${labels.length - shownTargets} more` : ''}. The team's lead is asked to
      accept.
    </Text>
  )
}

interface AssignValues {
  team: Option | null
  person: string | null
  deputies: Option[]
  at: AssignAt
  reason: string
}

/**
 * Names one team as owner of everything given, with the reason. Offers who is likely, says beforehand when it would be
 * refused, and keeps what was typed when the server refuses.
 */
export function AssignDialog({ items, onClose, onAssigned }: AssignDialogProps) {
  const onBindings = items.every(({ subjects }) => subjects.binding)
  const [people, setPeople] = useState<Option[]>([])
  const [withDeputies, setWithDeputies] = useState(false)
  const form = useForm<AssignValues>({
    initialValues: { team: null, person: null, deputies: [], at: 'natural', reason: '' },
    validate: {
      team: (team) => (team ? null : 'Choose the team that answers for it'),
      reason: (reason) => {
        const parsed = reasonSchema.safeParse(reason)
        return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'Say why')
      },
    },
  })
  const { team: chosen, at } = form.values
  const targets = targetsOf(items, at)
  const viewer = useViewer()
  const likely = useLikelyOwners(targets)
  const can = viewer === null ? true : mayNameAll(items, at, viewer)
  const [first] = items
  const title =
    items.length === 1 && first ? `Assign ${layerOf(first.layer).title.toLowerCase()}` : `Assign ${items.length} cells`

  async function chooseTeam(team: Option | null, person: Option | null = null) {
    form.setValues({ team, person: person?.value ?? null })
    form.clearFieldError('team')
    setPeople(person ? [person] : [])
    if (!team) return
    const { members } = await api('teams.get', { slug: team.value })
    const active = members.rows
      .filter((member) => member.person.status === 'active')
      .map((member) => ({ value: member.person.externalId, label: member.person.name }))
    const others = person && !active.some(({ value }) => value === person.value) ? [person] : []
    setPeople([...others, ...active])
  }

  const chooseLikely = ({ team, person }: LikelyOwner) =>
    chooseTeam({ value: team.slug, label: team.name }, person && { value: person.externalId, label: person.name })

  const { pending, problem, run } = useAttempt(async () => {
    const { team, person, deputies, reason } = form.values
    if (!team) return
    const { assignments } = await api('assignments.create', {
      targets: targets.map(({ layer, scope, subject, expected }) => ({
        layer,
        scope,
        subject,
        ...(expected !== undefined && { expected }),
      })),
      team: team.value,
      ...(person && { person }),
      ...(deputies.length > 0 && { deputies: deputies.map(({ value }) => value) }),
      reason: reason.trim(),
    })
    onAssigned(
      assignments.map(({ id }) => id),
      `${team.label} named for ${assignments.length === 1 ? targets[0]?.label : `${assignments.length} layers`}.`,
    )
  }, onClose)

  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={form.onSubmit(() => run(), showFirstError)} noValidate>
        <Stack gap="md">
          {can !== true && <Problem text={can} />}
          <ReferenceSelect
            kind="team"
            label="Team"
            required
            selectFirstOptionOnChange
            openOnFocus={false}
            data-autofocus
            placeholder="Who answers for it"
            value={chosen?.value ?? null}
            known={chosen}
            error={form.errors.team}
            onChange={(value, label) => chooseTeam(value === null ? null : { value, label: label ?? value })}
          />
          <SuggestedOwners owners={likely} chosen={chosen?.value ?? null} onChoose={chooseLikely} />
          <Select
            label="Accountable person"
            description="Optional; one of the team's members"
            searchable
            clearable
            disabled={people.length === 0}
            data={people}
            {...form.getInputProps('person')}
          />
          <div>
            <Button
              variant="subtle"
              size="compact-xs"
              aria-expanded={withDeputies}
              onClick={() => setWithDeputies(!withDeputies)}
            >
              {withDeputies ? 'Without deputies' : 'Name deputies'}
            </Button>
            <Collapse expanded={withDeputies}>
              <PeopleSelect
                mt={6}
                label="Deputies"
                description="Asked to take over, in this order, when the accountable person leaves"
                maxValues={deputiesMax}
                value={form.values.deputies}
                error={form.errors.deputies}
                onChange={(deputies) => form.setFieldValue('deputies', deputies)}
              />
            </Collapse>
          </div>
          {onBindings && (
            <Radio.Group label="Set it on" {...form.getInputProps('at')}>
              <Stack gap={6} mt={6}>
                {places.map(({ value, label, description }) => (
                  <Radio key={value} size="xs" value={value} label={label} description={description} />
                ))}
              </Stack>
            </Radio.Group>
          )}
          <Textarea
            label="Reason"
            description="Kept in the audit log with the change"
            required
            autosize
            minRows={2}
            maxRows={6}
            {...form.getInputProps('reason')}
          />
          <Effect labels={targets.map(({ label }) => label)} />
          <Problem text={problem} />
          <FormFoot onCancel={onClose}>
            <DisabledReason can={can} type="submit" loading={pending}>
              Assign
            </DisabledReason>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  )
}
