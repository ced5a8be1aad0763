'use client'

import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DisabledReason } from '@/components/disabled-reason'
import { TextLink } from '@/components/links'
import { ReasonModal } from '@/components/reason-modal'
import { useMoreRows } from '@/components/use-more-rows'
import type { InputOf } from '@/lib/http/client'
import type { SuccessionView } from '@/lib/ownership/succession/model'
import { urls } from '@/lib/urls'
import { NameSuccessor } from './name-successor'
import classes from './succession.module.css'
import { SuccessionRow } from './succession-row'
import { useAnswers } from './use-answers'
import { aboutOf, isAsked, mayName, type SuccessionViewer } from './words'

interface SuccessionBoardProps {
  first: SuccessionView[]
  next: string | null
  viewer: SuccessionViewer
  filter: InputOf<'succession.list'>
  /** Puts the rows under the name of each who left; without it they are all of one. */
  byLeaver?: boolean
}

type Asking = { answer: 'accept' | 'decline' | 'name'; rows: SuccessionView[] }

/** What waits for a successor: whoever is asked accepts or declines, whoever may asks somebody else, one by one or many at once. */
export function SuccessionBoard({ first, next, viewer, filter, byLeaver = false }: SuccessionBoardProps) {
  const more = useMoreRows(first, next, (cursor) => api('succession.list', { ...filter, cursor, limit: 100 }))
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<Asking | null>(null)
  const answers = useAnswers()
  const rows = more.rows
  const selected = rows.filter(({ id }) => ticked.has(id))
  const mine = rows.filter((row) => isAsked(row, viewer))
  const close = () => setAsking(null)
  const tick = (of: readonly SuccessionView[], on: boolean) =>
    setTicked(
      new Set([...ticked].filter((id) => !of.some((row) => row.id === id)).concat(on ? of.map(({ id }) => id) : [])),
    )
  const groups = byLeaver ? [...new Map(rows.map((row) => [row.leaver.id, row.leaver])).values()] : [null]
  return (
    <>
      <div className={classes.toolbar}>
        <span role="status" className={classes.quiet}>
          {mine.length > 0 ? `You are asked about ${mine.length}.` : 'You are asked about none of these.'}
        </span>
        {mine.length > 1 && (
          <Button size="compact-sm" onClick={() => setAsking({ answer: 'accept', rows: mine })}>
            Accept all {mine.length} asked of you
          </Button>
        )}
        <DisabledReason
          can={canNameAll(selected, viewer)}
          variant="default"
          size="compact-sm"
          onClick={() => setAsking({ answer: 'name', rows: selected })}
        >
          Ask somebody else{selected.length > 0 && ` (${selected.length})`}
        </DisabledReason>
      </div>
      {groups.map((leaver) => {
        const of = leaver ? rows.filter((row) => row.leaver.id === leaver.id) : rows
        const on = of.filter(({ id }) => ticked.has(id)).length
        const title = leaver ? leaver.name : 'Waiting for a successor'
        return (
          <section key={leaver?.id ?? 'all'} className={classes.group} aria-label={title}>
            <div className={classes.head}>
              <Checkbox
                size="xs"
                aria-label={leaver ? `All of ${title}` : 'All of them'}
                checked={on === of.length}
                indeterminate={on > 0 && on < of.length}
                onChange={(event) => tick(of, event.currentTarget.checked)}
              />
              <h2>{leaver ? <TextLink href={urls.succession(leaver.externalId)}>{title}</TextLink> : title}</h2>
              <span className={classes.quiet}>{of.length.toLocaleString('en')} open</span>
            </div>
            <ul className={classes.rows}>
              {of.map((row) => (
                <SuccessionRow
                  key={row.id}
                  row={row}
                  viewer={viewer}
                  ticked={ticked.has(row.id)}
                  onTick={(checked) => tick([row], checked)}
                  onAnswer={(answer) => setAsking({ answer, rows: [row] })}
                />
              ))}
            </ul>
          </section>
        )
      })}
      {more.next && (
        <Button variant="default" size="compact-sm" loading={more.pending} onClick={more.load}>
          Show more
        </Button>
      )}
      {asking?.answer === 'accept' && (
        <ConfirmModal
          opened
          onClose={close}
          title="Take over"
          confirmLabel="Accept"
          onConfirm={() => answers.accept(asking.rows)}
        >
          You will answer for {asking.rows.map(aboutOf).join(', ')} from now on.
        </ConfirmModal>
      )}
      {asking?.answer === 'decline' && (
        <ReasonModal
          opened
          onClose={close}
          title="Decline"
          confirmLabel="Decline"
          onConfirm={(reason) => answers.decline(asking.rows, reason)}
        >
          {asking.rows.map(aboutOf).join(', ')}: the next in line is asked instead.
        </ReasonModal>
      )}
      {asking?.answer === 'name' && (
        <NameSuccessor
          rows={asking.rows}
          onClose={close}
          onName={async (person, reason) => {
            await answers.name(asking.rows, person, reason)
            setTicked(new Set())
          }}
        />
      )}
    </>
  )
}

function canNameAll(rows: readonly SuccessionView[], viewer: SuccessionViewer): true | string {
  if (rows.length === 0) return 'Tick what somebody else is to be asked about first.'
  const refusal = rows.map((row) => mayName(row, viewer)).find((verdict) => verdict !== true)
  return refusal ?? true
}
