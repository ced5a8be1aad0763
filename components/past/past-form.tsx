'use client'

import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { readInstant } from '@/lib/history/model'
import { urls } from '@/lib/urls'
import classes from './past.module.css'

interface PastFormProps {
  beginning: string | null
  now: string
  /** What is looked at already; null for the present. */
  asOf: string | null
  /** Where to go once it is set. */
  to: string
}

const day = 86_400_000
const agoes = [
  { title: 'Yesterday', ms: day },
  { title: 'A week ago', ms: 7 * day },
  { title: '30 days ago', ms: 30 * day },
  { title: '90 days ago', ms: 90 * day },
]

/** An instant as a field for day and time holds it. */
const fieldOf = (instant: string) => instant.slice(0, 19)

/** Asks for the instant to look at. */
export function PastForm({ beginning, now, asOf, to }: PastFormProps) {
  const [local, setLocal] = useState(fieldOf(asOf ?? now))
  const instant = readInstant(`${local.length === 16 ? `${local}:00` : local}Z`, new Date(now))
  const from = beginning === null ? null : Date.parse(beginning)
  const lookAt = (at: number) => window.location.assign(urls.lookAt({ at: new Date(at).toISOString(), to }))
  const shown = agoes.filter(({ ms }) => from !== null && Date.parse(now) - ms >= from)
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (instant !== null) lookAt(instant.getTime())
      }}
    >
      <div className={classes.when}>
        <TextInput
          type="datetime-local"
          label="Day and time"
          description="In UTC, as all exact times here"
          required
          step={1}
          max={fieldOf(now)}
          {...(beginning && { min: fieldOf(beginning) })}
          value={local}
          onChange={(event) => setLocal(event.currentTarget.value)}
        />
        <Button type="submit" disabled={instant === null || from === null}>
          Look at it
        </Button>
      </div>
      {from !== null && (
        <Group gap={6}>
          {shown.map(({ title, ms }) => (
            <Button key={title} variant="default" size="compact-sm" onClick={() => lookAt(Date.parse(now) - ms)}>
              {title}
            </Button>
          ))}
          <Button variant="default" size="compact-sm" onClick={() => lookAt(from)}>
            The beginning
          </Button>
        </Group>
      )}
    </form>
  )
}
