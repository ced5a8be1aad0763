'use client'

import { SegmentedControl, Select } from '@mantine/core'
import { useUrlState } from '@/components/use-url-state'
import type { InboxState, ReviewCounts, ReviewGroup } from '@/lib/recertification/reviews/model'

const groups: { value: ReviewGroup; label: string }[] = [
  { value: 'tool', label: 'By tool' },
  { value: 'agent', label: 'By agent' },
  { value: 'layer', label: 'By layer' },
  { value: 'campaign', label: 'By campaign' },
]

/** What stands together in the list. */
export function GroupChoice({ value }: { value: ReviewGroup }) {
  const url = useUrlState()
  return (
    <Select
      aria-label="Group"
      data={groups}
      value={value}
      allowDeselect={false}
      w={130}
      onChange={(group) => url.go({ group: group === 'tool' ? null : group })}
    />
  )
}

/** Which part of the inbox is shown. */
export function StateChoice({ value, counts }: { value: InboxState; counts: ReviewCounts }) {
  const url = useUrlState()
  const titled = (title: string, count: number) => (count > 0 ? `${title} ${count.toLocaleString('en')}` : title)
  return (
    <SegmentedControl
      aria-label="Show"
      size="xs"
      value={value}
      onChange={(state) => url.go({ state: state === 'open' ? null : state })}
      data={[
        { value: 'open', label: titled('Open', counts.open) },
        { value: 'deferred', label: titled('Later', counts.deferred) },
        { value: 'answered', label: titled('Answered', counts.answered) },
      ]}
    />
  )
}
