'use client'

import { Button, SegmentedControl } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Panel } from '@/components/panel'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { urls } from '@/lib/urls'
import type { Question } from './question'
import classes from './what-if.module.css'

const kinds = [
  { value: 'dissolveTeam', label: 'A team is dissolved' },
  { value: 'personLeaves', label: 'A person leaves' },
  { value: 'retireAgent', label: 'An agent is retired' },
  { value: 'moveFrom', label: 'Ownership moves' },
] as const
type Kind = (typeof kinds)[number]['value']

const isKind = (value: string): value is Kind => kinds.some((kind) => kind.value === value)
const known = (value: string | undefined) => (value ? { value, label: value } : null)

/** Asks what is to change; the answer has an address of its own. */
export function AskForm({ asked }: { asked: Question }) {
  const router = useRouter()
  const [kind, setKind] = useState<Kind>(asked.moveFrom || asked.tools ? 'moveFrom' : 'dissolveTeam')
  const [subject, setSubject] = useState<string | null>(asked.moveFrom ?? null)
  const [to, setTo] = useState<string | null>(asked.to ?? null)
  const [tool, setTool] = useState<string | null>(asked.tools ?? null)
  const isMove = kind === 'moveFrom'
  const isWhole = subject !== null && (!isMove || to !== null)

  function ask(event: FormEvent) {
    event.preventDefault()
    if (isWhole) router.push(urls.whatIf({ [kind]: subject, ...(isMove && { to, tools: tool }) }))
  }

  return (
    <Panel title="What is to change?">
      <form onSubmit={ask} className={classes.form}>
        <SegmentedControl
          aria-label="Kind of change"
          data={[...kinds]}
          value={kind}
          className={classes.kinds}
          onChange={(value) => {
            if (!isKind(value)) return
            setKind(value)
            setSubject(null)
          }}
        />
        {kind === 'dissolveTeam' && <ReferenceSelect kind="team" label="Team" value={subject} onChange={setSubject} />}
        {kind === 'personLeaves' && (
          <ReferenceSelect kind="person" label="Person" value={subject} onChange={setSubject} />
        )}
        {kind === 'retireAgent' && <ReferenceSelect kind="agent" label="Agent" value={subject} onChange={setSubject} />}
        {isMove && (
          <>
            <ReferenceSelect
              kind="team"
              label="From team"
              value={subject}
              known={known(asked.moveFrom)}
              onChange={setSubject}
            />
            <ReferenceSelect kind="team" label="To team" value={to} known={known(asked.to)} onChange={setTo} />
            <ReferenceSelect
              kind="tool"
              label="Only of this tool"
              description="Everything the team owns, when left empty"
              clearable
              value={tool}
              known={known(asked.tools)}
              onChange={setTool}
            />
          </>
        )}
        <Button type="submit" disabled={!isWhole} className={classes.ask}>
          Show what it would come to
        </Button>
      </form>
    </Panel>
  )
}
