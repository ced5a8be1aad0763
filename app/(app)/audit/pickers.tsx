'use client'

import { Button, CloseButton, Popover, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconCalendar, IconFocusCentered, IconUser } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { api } from '@/components/api'
import { type finders, ReferenceSelect } from '@/components/registry/reference-select'
import { exactTime } from '@/components/time'
import { useUrlState } from '@/components/use-url-state'
import { kindOf } from '@/lib/audit/deeds'
import classes from './audit.module.css'

const typingPauseMs = 200

interface ChooserProps {
  title: string
  icon: ReactNode
  /** What is chosen; null for nothing. */
  chosen: string | null
  onClear: () => void
  children: ReactNode
}

/** A filter with fields of its own, which says what is chosen and takes it off. */
function Chooser({ title, icon, chosen, onClear, children }: ChooserProps) {
  return (
    <Popover position="bottom-end" withinPortal trapFocus width={280}>
      <span>
        <Popover.Target>
          <Button variant={chosen === null ? 'default' : 'light'} size="compact-sm" leftSection={icon}>
            {chosen === null ? title : `${title}: ${chosen}`}
          </Button>
        </Popover.Target>
        {chosen !== null && (
          <CloseButton size={24} iconSize={13} aria-label={`Remove filter ${title}`} onClick={onClear} />
        )}
      </span>
      <Popover.Dropdown p="sm">
        <div className={classes.times}>{children}</div>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Whose changes: an account by a part of its name. */
export function ActorFilter({ name }: { name: string | null }) {
  const url = useUrlState()
  const [found, setFound] = useState<{ value: string; label: string }[]>([])
  const find = useDebouncedCallback(async (q: string) => {
    const { rows } = await api('audit.actors', { q }).catch(() => ({ rows: [] }))
    setFound(rows.map((account) => ({ value: account.id, label: account.name })))
  }, typingPauseMs)
  return (
    <Chooser
      title="Who"
      icon={<IconUser size={14} />}
      chosen={url.value('actor') === '' ? null : (name ?? url.value('actor'))}
      onClear={() => url.go({ actor: null })}
    >
      <Select
        label="Who"
        searchable
        comboboxProps={{ withinPortal: false }}
        data={found}
        value={url.value('actor') || null}
        filter={({ options }) => options}
        nothingFoundMessage="Nobody of that name has an account"
        onDropdownOpen={() => find('')}
        onSearchChange={(text) => find(text.trim())}
        onChange={(actor) => url.go({ actor })}
      />
    </Chooser>
  )
}

const kinds = ['agent', 'tool', 'team', 'person', 'point'] as const satisfies readonly (keyof typeof finders)[]
type Kind = (typeof kinds)[number]
const subjectOf = (kind: Kind) => (kind === 'point' ? 'enforcement_point' : kind)
const isKind = (text: string): text is Kind => kinds.some((kind) => kind === text)

/** What the changes are about: a thing of the registry with all that belongs to it. */
export function SubjectFilter() {
  const url = useUrlState()
  const [kind, setKind] = useState<Kind>('agent')
  const about = url.value('about')
  const [type = '', ...rest] = about.split(':')
  return (
    <Chooser
      title="About"
      icon={<IconFocusCentered size={14} />}
      chosen={about === '' ? null : `${kindOf(type)} ${rest.join(':')}`}
      onClear={() => url.go({ about: null })}
    >
      <Select
        label="Kind"
        comboboxProps={{ withinPortal: false }}
        data={kinds.map((each) => ({ value: each, label: kindOf(subjectOf(each)) }))}
        value={kind}
        allowDeselect={false}
        onChange={(next) => next !== null && isKind(next) && setKind(next)}
      />
      <ReferenceSelect
        key={kind}
        kind={kind}
        label="Which"
        comboboxProps={{ withinPortal: false }}
        onChange={(slug) => slug !== null && url.go({ about: `${subjectOf(kind)}:${slug}` })}
      />
    </Chooser>
  )
}

/** An instant in the address as the field of a browser has it, in UTC. */
const fieldOf = (instant: string) => (instant === '' ? '' : instant.slice(0, 16))
const instantOf = (field: string) => (field === '' ? null : `${field}:00Z`)

/** From when until when, in UTC as everything in the log. */
export function TimeFilter() {
  const url = useUrlState()
  const [from, until] = [url.value('from'), url.value('until')]
  const words = [from && `from ${exactTime(from)}`, until && `until ${exactTime(until)}`].filter(Boolean).join(' ')
  const field = (name: 'from' | 'until', label: string, value: string) => (
    <TextInput
      type="datetime-local"
      label={label}
      defaultValue={fieldOf(value)}
      key={value}
      onBlur={({ currentTarget }) => {
        const next = instantOf(currentTarget.value)
        if (next !== (value || null)) url.go({ [name]: next })
      }}
    />
  )
  return (
    <Chooser
      title="When"
      icon={<IconCalendar size={14} />}
      chosen={words || null}
      onClear={() => url.go({ from: null, until: null })}
    >
      {field('from', 'From (UTC)', from)}
      {field('until', 'Until (UTC)', until)}
    </Chooser>
  )
}
