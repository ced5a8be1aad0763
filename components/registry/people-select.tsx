'use client'

import { Loader, MultiSelect, type MultiSelectProps } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { finders, type Option } from './reference-select'

const typingPauseMs = 200

interface PeopleSelectProps extends Omit<MultiSelectProps, 'data' | 'onChange' | 'value'> {
  value: readonly Option[]
  onChange: (value: Option[]) => void
}

/** Chooses people by a part of their names, however many there are; they stay in the order in which they were chosen. */
export function PeopleSelect({ value, onChange, ...props }: PeopleSelectProps) {
  const [found, setFound] = useState<Option[] | null>(null)
  const [pending, setPending] = useState(false)

  async function find(q: string) {
    setPending(true)
    try {
      setFound(await finders.person(q))
    } catch {
      setFound([])
    } finally {
      setPending(false)
    }
  }
  const search = useDebouncedCallback(find, typingPauseMs)
  const others = (found ?? []).filter((option) => value.every((chosen) => chosen.value !== option.value))
  const known = [...value, ...others]
  return (
    <MultiSelect
      searchable
      clearable
      {...props}
      data={known}
      value={value.map((option) => option.value)}
      filter={({ options }) => options}
      hidePickedOptions
      rightSection={pending ? <Loader size={14} /> : undefined}
      nothingFoundMessage={pending ? 'Searching' : 'Nobody of that name'}
      onDropdownOpen={() => found === null && find('')}
      onSearchChange={(text) => search(text.trim())}
      onChange={(next) => onChange(next.flatMap((id) => known.find((option) => option.value === id) ?? []))}
    />
  )
}
