'use client'

import { Loader, type OptionsFilter, Select, type SelectProps } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { api } from '../api'

export interface Option {
  value: string
  label: string
}

const shownMax = 20
const typingPauseMs = 200

/** How each kind of record is found by a part of its name; what can no longer be chosen is left out. */
export const finders = {
  person: async (q: string) =>
    (await api('people.list', { q, status: 'active', limit: shownMax })).rows.map(({ externalId, name }) => ({
      value: externalId,
      label: name,
    })),
  team: async (q: string) => named((await api('teams.list', { q, status: 'active', limit: shownMax })).rows),
  agent: async (q: string) =>
    named((await api('agents.list', { q, lifecycle: 'proposed,active,suspended', limit: shownMax })).rows),
  tool: async (q: string) => named((await api('tools.list', { q, lifecycle: 'active', limit: shownMax })).rows),
  application: async (q: string) => named((await api('points.list', { q, kind: 'application', limit: shownMax })).rows),
  point: async (q: string) => named((await api('points.list', { q, limit: shownMax })).rows),
} satisfies Record<string, (q: string) => Promise<Option[]>>

const named = (rows: readonly { slug: string; name: string }[]): Option[] =>
  rows.map(({ slug, name }) => ({ value: slug, label: name }))

/** What was found for another text stays only where it fits: a key pressed before the answer comes chooses nothing else. */
const containing: OptionsFilter = ({ options, search }) => {
  const isIn = fits(search.trim())
  return options.filter((option) => 'label' in option && isIn(option))
}

const fits = (text: string) => {
  const part = text.toLowerCase()
  return ({ label }: { label: string }) => label.toLowerCase().includes(part)
}

interface ReferenceSelectProps extends Omit<SelectProps, 'data' | 'onChange' | 'value'> {
  kind: keyof typeof finders
  value?: string | null
  /** The record that stands in the field at first or after a reload, so that its name shows before anything is searched. */
  known?: Option | null
  onChange: (value: string | null, label: string | null) => void
}

/** Chooses a record of the registry by a part of its name, however many there are. */
export function ReferenceSelect({
  kind,
  value = null,
  known = null,
  selectFirstOptionOnChange = false,
  onChange,
  ...props
}: ReferenceSelectProps) {
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<{ text: string; options: Option[] } | null>(null)
  const [chosen, setChosen] = useState(known)
  const [pending, setPending] = useState(false)
  const [failed, setFailed] = useState(false)

  async function find(q: string) {
    setPending(true)
    try {
      setFound({ text: q, options: await finders[kind](q) })
      setFailed(false)
    } catch {
      setFailed(true)
    } finally {
      setPending(false)
    }
  }
  const search = useDebouncedCallback(find, typingPauseMs)
  const seen = [chosen, known].find((option) => option?.value === value)
  const shown = value === null ? null : (seen ?? { value, label: value })
  const options = found?.options ?? []
  const data = shown && !options.some((option) => option.value === shown.value) ? [shown, ...options] : options
  return (
    <Select
      searchable
      {...props}
      // Enter takes the first that fits: of those at hand, or, where none does, of those that are found when the answer
      // arrives and this turns true.
      selectFirstOptionOnChange={selectFirstOptionOnChange && (typed === found?.text || options.some(fits(typed)))}
      data={data}
      value={value}
      filter={(input) =>
        [found?.text, shown?.label].includes(input.search.trim()) ? input.options : containing(input)
      }
      rightSection={pending ? <Loader size={14} /> : undefined}
      nothingFoundMessage={
        failed ? 'The search did not work; type again' : pending ? 'Searching' : 'Nothing of that name'
      }
      onDropdownOpen={() => found === null && find('')}
      onSearchChange={(text) => {
        // What is chosen stands in the field as well; that is no search.
        if (text === shown?.label) return
        setTyped(text.trim())
        search(text.trim())
      }}
      onChange={(next) => {
        const option = data.find((candidate) => candidate.value === next) ?? null
        setChosen(option)
        onChange(next, option?.label ?? null)
      }}
    />
  )
}
