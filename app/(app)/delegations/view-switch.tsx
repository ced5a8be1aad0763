'use client'

import { Group, SegmentedControl, Select } from '@mantine/core'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { useUrlState } from '@/components/use-url-state'
import { stepChoices, type View } from './views'

/** Chooses between the picture and the list; the choice is part of the address. */
export function ViewSwitch({ view }: { view: View }) {
  const url = useUrlState()
  return (
    <SegmentedControl
      size="xs"
      mb="sm"
      aria-label="View"
      value={view}
      data={[
        { value: 'picture', label: 'Picture' },
        { value: 'list', label: 'List' },
      ]}
      onChange={(next) => url.go({ view: next === 'list' ? next : null })}
    />
  )
}

/** Narrows the picture to the neighbourhood of one agent. */
export function Around({ agent, steps }: { agent: { slug: string; name: string } | null; steps: string }) {
  const url = useUrlState()
  return (
    <Group gap="xs" mb="sm">
      <ReferenceSelect
        key={agent?.slug ?? ''}
        kind="agent"
        aria-label="Show what is around an agent"
        placeholder="All agents; choose one to see its neighbourhood"
        w={330}
        clearable
        value={agent?.slug ?? null}
        known={agent && { value: agent.slug, label: agent.name }}
        onChange={(slug) => url.go({ agent: slug })}
      />
      {agent && (
        <Select
          aria-label="How far around it"
          w={130}
          allowDeselect={false}
          value={steps}
          data={stepChoices.map((value) => ({ value, label: value === '1' ? '1 step' : `${value} steps` }))}
          onChange={(next) => url.go({ steps: next })}
        />
      )}
    </Group>
  )
}
