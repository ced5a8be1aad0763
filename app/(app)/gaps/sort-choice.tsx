'use client'

import { Select } from '@mantine/core'
import { useUrlState } from '@/components/use-url-state'

/** What comes first in the list of gaps, kept in the address. */
export function SortChoice({ value }: { value: 'severity' | 'due' }) {
  const url = useUrlState()
  return (
    <Select
      aria-label="Sort"
      w={134}
      value={value}
      allowDeselect={false}
      onChange={(sort) => url.go({ sort: sort === 'due' ? 'due' : null })}
      data={[
        { value: 'severity', label: 'Worst first' },
        { value: 'due', label: 'Due next first' },
      ]}
    />
  )
}
