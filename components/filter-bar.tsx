'use client'

import { Button, Checkbox, CloseButton, Loader, Popover, Stack, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconPlus, IconSearch, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import classes from './filter-bar.module.css'
import { useUrlState } from './use-url-state'

const typingPauseMs = 250
/** From this many choices on, a filter has a field to narrow them. */
const narrowFrom = 8

export interface Filter {
  /** The name of its URL parameter. */
  name: string
  title: string
  options: readonly { value: string; label: string }[]
}

interface FilterBarProps {
  filters: readonly Filter[]
  /** Placeholder of the text filter (URL parameter `text`); without it there is none. */
  textLabel?: string
  /** Right of the filters: column choice, a button. */
  children?: ReactNode
}

/** Filters as pills, bound to the address: every view can be sent to a colleague and survives a reload. */
export function FilterBar({ filters, textLabel, children }: FilterBarProps) {
  const url = useUrlState()
  const active = filters.filter(({ name }) => url.list(name).length > 0)
  const anything = active.length > 0 || url.value('text') !== ''
  const clear = () => url.go({ text: null, ...Object.fromEntries(filters.map(({ name }) => [name, null])) })
  return (
    <search className={classes.bar} aria-label="Filters">
      {textLabel && <TextFilter label={textLabel} value={url.value('text')} onChange={(text) => url.go({ text })} />}
      {filters.map((filter) => (
        <FilterPill
          key={filter.name}
          filter={filter}
          values={url.list(filter.name)}
          onChange={(values) => url.go({ [filter.name]: values })}
        />
      ))}
      {anything && (
        <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconX size={13} />} onClick={clear}>
          Clear
        </Button>
      )}
      <span className={classes.pending} role="status" aria-label={url.pending ? 'Loading' : undefined}>
        {url.pending && <Loader size={18} />}
      </span>
      {children && <div className={classes.end}>{children}</div>}
    </search>
  )
}

function TextFilter({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value)
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  const submit = useDebouncedCallback((typed: string) => {
    setSent(typed)
    onChange(typed)
  }, typingPauseMs)
  // A text this field did not send ("Clear", the back button) replaces what stands in it; its own echo must not,
  // for more may have been typed meanwhile.
  if (value !== seen) {
    setSeen(value)
    if (value !== sent) {
      setText(value)
      setSent(value)
    }
  }
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      className={classes.text}
      leftSection={<IconSearch size={14} />}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        submit(currentTarget.value.trim())
      }}
    />
  )
}

function FilterPill({
  filter,
  values,
  onChange,
}: {
  filter: Filter
  values: string[]
  onChange: (values: string[]) => void
}) {
  const [narrow, setNarrow] = useState('')
  const chosen = filter.options.filter(({ value }) => values.includes(value))
  const shown = filter.options.filter(({ label }) => label.toLowerCase().includes(narrow.trim().toLowerCase()))
  const summary =
    chosen.length > 2 ? `${chosen.length} chosen` : chosen.map(({ label }) => label).join(', ') || values.join(', ')
  return (
    <Popover position="bottom-start" withinPortal trapFocus onClose={() => setNarrow('')}>
      <span className={classes.pill} data-on={values.length > 0 || undefined}>
        <Popover.Target>
          <UnstyledButton className={classes.open}>
            {values.length === 0 && <IconPlus size={13} aria-hidden />}
            {filter.title}
            {values.length > 0 && <b>{summary}</b>}
          </UnstyledButton>
        </Popover.Target>
        {values.length > 0 && (
          <CloseButton
            size={24}
            iconSize={13}
            aria-label={`Remove filter ${filter.title}`}
            onClick={() => onChange([])}
          />
        )}
      </span>
      <Popover.Dropdown p="xs" className={classes.choices}>
        {filter.options.length >= narrowFrom && (
          <TextInput
            aria-label={`Narrow ${filter.title}`}
            placeholder="Narrow"
            mb="xs"
            value={narrow}
            onChange={(event) => setNarrow(event.currentTarget.value)}
          />
        )}
        <Checkbox.Group aria-label={filter.title} value={values} onChange={onChange}>
          <Stack gap={2}>
            {shown.map(({ value, label }) => (
              <Checkbox key={value} size="xs" value={value} label={label} className={classes.choice} />
            ))}
          </Stack>
        </Checkbox.Group>
        {shown.length === 0 && <span className={classes.none}>No match</span>}
      </Popover.Dropdown>
    </Popover>
  )
}
