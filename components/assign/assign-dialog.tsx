'use client'

import { Button, Group, Modal, Radio, Select, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { layerOf } from '@/lib/layers'
import { reasonSchema } from '@/lib/registry/model'
import { api } from '../api'
import { Problem } from '../problem'
import { useAttempt } from '../use-attempt'
import { type AssignAt, type Assignable, type Named, targetsOf } from './targets'

interface AssignDialogProps {
  items: readonly Assignable[]
  /** The active teams. */
  teams: readonly Named[]
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

/** Names one team as owner of everything given, with the reason. Keeps what was typed when the server refuses. */
export function AssignDialog({ items, teams, onClose, onAssigned }: AssignDialogProps) {
  const onBindings = items.every(({ subjects }) => subjects.binding)
  const [people, setPeople] = useState<{ value: string; label: string }[]>([])
  const form = useForm<{ team: string | null; person: string | null; at: AssignAt; reason: string }>({
    initialValues: { team: null, person: null, at: 'natural', reason: '' },
    validate: {
      team: (team) => (team ? null : 'Choose the team that answers for it'),
      reason: (reason) => {
        const parsed = reasonSchema.safeParse(reason)
        return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'Say why')
      },
    },
  })
  const targets = targetsOf(items, form.values.at)
  const [first] = items
  const title =
    items.length === 1 && first ? `Assign ${layerOf(first.layer).title.toLowerCase()}` : `Assign ${items.length} cells`

  async function chooseTeam(team: string | null) {
    form.setValues({ team, person: null })
    setPeople([])
    if (!team) return
    const { members } = await api('teams.get', { slug: team })
    setPeople(
      members.rows
        .filter(({ person }) => person.status === 'active')
        .map(({ person }) => ({ value: person.externalId, label: person.name })),
    )
  }

  const { pending, problem, run } = useAttempt(async () => {
    const { team, person, reason } = form.values
    if (!team) return
    const { assignments } = await api('assignments.create', {
      targets: targets.map(({ layer, scope, subject, expected }) => ({
        layer,
        scope,
        subject,
        ...(expected !== undefined && { expected }),
      })),
      team,
      ...(person && { person }),
      reason: reason.trim(),
    })
    const name = teams.find(({ slug }) => slug === team)?.name ?? team
    onAssigned(
      assignments.map(({ id }) => id),
      `${name} named for ${assignments.length === 1 ? targets[0]?.label : `${assignments.length} layers`}.`,
    )
  }, onClose)

  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={form.onSubmit(() => run())} noValidate>
        <Stack gap="md">
          <Select
            label="Team"
            required
            searchable
            selectFirstOptionOnChange
            data-autofocus
            placeholder="Who answers for it"
            nothingFoundMessage="No such team"
            data={teams.map(({ slug, name }) => ({ value: slug, label: name }))}
            {...form.getInputProps('team')}
            onChange={chooseTeam}
          />
          <Select
            label="Accountable person"
            description="Optional; one of the team's members"
            searchable
            clearable
            disabled={people.length === 0}
            data={people}
            {...form.getInputProps('person')}
          />
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
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={pending}>
              Assign
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
