'use client'

import { Button, TextInput } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { LinkButton } from '@/components/links'
import { readInstant } from '@/lib/history/model'
import { urls } from '@/lib/urls'
import classes from './compare.module.css'

interface SpanFormProps {
  from: string
  to: string
  /** Whether the later instant is now, whenever that is. */
  untilNow: boolean
  kind?: string | undefined
  how?: string | undefined
  beginning: string
  now: string
}

const dayMs = 86_400_000
const quickly = [
  { title: 'Last 24 hours', ms: dayMs },
  { title: 'Last 7 days', ms: 7 * dayMs },
  { title: 'Last 30 days', ms: 30 * dayMs },
  { title: 'Last 90 days', ms: 90 * dayMs },
]

/** An instant as a field for day and time holds it. */
const fieldOf = (instant: string) => instant.slice(0, 19)

/** Asks for the two instants. */
export function SpanForm({ from, to, untilNow, kind, how, beginning, now }: SpanFormProps) {
  const router = useRouter()
  const [fields, setFields] = useState({ from: fieldOf(from), to: fieldOf(to) })
  const instantOf = (field: string, shown: string) =>
    // A field holds whole seconds: what was not touched stays as exact as it was.
    field === fieldOf(shown)
      ? shown
      : readInstant(`${field.length === 16 ? `${field}:00` : field}Z`, new Date(now))?.toISOString()
  const [earlier, later] = [instantOf(fields.from, from), instantOf(fields.to, to)]
  const disordered = earlier !== undefined && later !== undefined && earlier >= later
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (earlier === undefined || later === undefined || disordered) return
    router.push(urls.compare({ from: earlier, ...(!(untilNow && later === to) && { to: later }), kind, how }))
  }
  const field = (name: 'from' | 'to', label: string) => (
    <TextInput
      type="datetime-local"
      label={label}
      required
      step={1}
      min={fieldOf(beginning)}
      max={fieldOf(now)}
      value={fields[name]}
      error={name === 'to' && disordered ? 'Has to be later than the other' : undefined}
      onChange={({ currentTarget }) => setFields({ ...fields, [name]: currentTarget.value })}
    />
  )
  return (
    <form className={classes.form} onSubmit={submit}>
      <div className={classes.instants}>
        {field('from', 'From (UTC)')}
        {field('to', 'To (UTC)')}
        <Button type="submit" disabled={earlier === undefined || later === undefined || disordered}>
          Compare
        </Button>
      </div>
      <nav className={classes.quick} aria-label="Quick choices">
        {quickly
          .filter(({ ms }) => Date.parse(now) - ms > Date.parse(beginning))
          .map(({ title, ms }) => (
            <LinkButton
              key={title}
              href={urls.compare({ from: new Date(Date.parse(now) - ms).toISOString(), kind, how })}
              variant="default"
              size="compact-sm"
            >
              {title}
            </LinkButton>
          ))}
        <LinkButton href={urls.compare({ from: beginning, kind, how })} variant="default" size="compact-sm">
          Since the beginning
        </LinkButton>
      </nav>
    </form>
  )
}
