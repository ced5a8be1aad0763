'use client'

import { Select, type SelectProps } from '@mantine/core'

/** UTC is not among those that a browser lists, and is what many an organisation goes by. */
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** Chooses a time zone by its name; one that this browser does not list stays as it is. */
export function TimeZoneSelect({ value, onChange, ...props }: SelectProps) {
  const data = value && !zones.includes(value) ? [value, ...zones] : zones
  return (
    <Select
      label="Time zone"
      placeholder="By name, such as Europe/Berlin"
      searchable
      clearable
      limit={60}
      nothingFoundMessage="No time zone of this name"
      {...props}
      data={data}
      value={value || null}
      onChange={(chosen, option) => onChange?.(chosen ?? '', option)}
    />
  )
}
