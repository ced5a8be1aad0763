'use client'

import { Loader, MultiSelect, type MultiSelectProps } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { api } from '../api'

interface Named {
  slug: string
  name: string
}

const shownMax = 20
const typingPauseMs = 200
const optionOf = ({ slug, name }: Named) => ({ value: slug, label: name })

interface ToolsSelectProps extends Omit<MultiSelectProps, 'data'> {
  /** Those that stand in the field at first. */
  known: readonly Named[]
}

/** Chooses several tools by parts of their names, however many there are. */
export function ToolsSelect({ known, ...props }: ToolsSelectProps) {
  const [met, setMet] = useState(() => new Map(known.map((tool) => [tool.slug, tool])))
  const [found, setFound] = useState<Named[]>([])
  const [pending, setPending] = useState(false)

  async function find(q: string) {
    setPending(true)
    try {
      const { rows } = await api('tools.list', { q, lifecycle: 'active', limit: shownMax })
      setFound(rows)
      setMet((before) => new Map([...before, ...rows.map((row) => [row.slug, row] as const)]))
    } catch {
      setFound([])
    } finally {
      setPending(false)
    }
  }
  const search = useDebouncedCallback(find, typingPauseMs)
  const chosen = (props.value ?? []).map((slug) => met.get(String(slug)) ?? { slug: String(slug), name: String(slug) })
  const offered = found.filter(({ slug }) => !chosen.some((tool) => tool.slug === slug))
  return (
    <MultiSelect
      label="Tools"
      description="All their bindings that are not revoked"
      required
      searchable
      placeholder={chosen.length === 0 ? 'Find tools' : ''}
      nothingFoundMessage={pending ? 'Searching' : 'Nothing of that name'}
      rightSection={pending ? <Loader size={14} /> : undefined}
      filter={({ options }) => options}
      {...props}
      data={[...chosen, ...offered].map(optionOf)}
      onDropdownOpen={() => find('')}
      onSearchChange={(text) => search(text.trim())}
    />
  )
}
