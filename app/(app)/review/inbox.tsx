'use client'

import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { type ReactNode, useRef, useState } from 'react'
import { api } from '@/components/api'
import { useMoreRows } from '@/components/use-more-rows'
import type { InputOf } from '@/lib/http/client'
import type { Verdict } from '@/lib/recertification/model'
import type { InboxRow } from '@/lib/recertification/reviews/model'
import { BulkBar } from './bulk-bar'
import { DecideDialog } from './decide-dialog'
import { decisionsOf, isPlain, nothingSaid, type Said } from './deciding'
import classes from './review.module.css'
import { ReviewGroupSection } from './review-group'
import { ReviewKeysHint } from './review-keys-hint'
import { useDecide } from './use-decide'
import { useLooked } from './use-looked'
import { useReviewKeys } from './use-review-keys'

interface InboxProps {
  rows: InboxRow[]
  next: string | null
  filter: InputOf<'reviews.list'>
  can: true | string
  /** Stands here when there was nothing to begin with. */
  children: ReactNode
}

/** Rows of one group that follow each other. */
function groupsOf(rows: readonly InboxRow[]): { key: string; title: string; count: number; rows: InboxRow[] }[] {
  const groups: { key: string; title: string; count: number; rows: InboxRow[] }[] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last?.key === row.group.key) last.rows.push(row)
    else groups.push({ ...row.group, rows: [row] })
  }
  return groups
}

/**
 * The items of one view of the inbox. What is decided is saved at once and stays in its place, so that nothing jumps
 * under the finger; the next visit leaves it out.
 */
export function Inbox({ rows: first, next, filter, can, children }: InboxProps) {
  const router = useRouter()
  const list = useRef<HTMLDivElement>(null)
  // The rows of this visit: a refresh of the counts above must not take away what has just been decided.
  const [visit] = useState({ rows: first, next })
  const more = useMoreRows(visit.rows, visit.next, (cursor) => api('reviews.list', { ...filter, cursor }))
  // What stands in this view no more: handed to somebody else, or taken back.
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())
  const rows = more.rows.filter(({ id }) => !gone.has(id))
  const [current, setCurrent] = useState<string | null>(null)
  const [expanded, setExpanded] = useState<string | null>(null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<{ verdict: Verdict; items: InboxRow[] } | null>(null)
  const lookedMs = useLooked(current)
  const { answers, send, undoLast, takeBack } = useDecide()
  const isOpen = (row: InboxRow) => row.asked?.state === 'open' && !answers.has(row.id)
  const chosen = rows.filter((row) => selected.has(row.id) && isOpen(row))
  const left = rows.filter(isOpen).length

  const choose = (ids: readonly string[], on: boolean) =>
    setSelected((before) => new Set(on ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))))

  async function decide(verdict: Verdict, items: readonly InboxRow[], said: Said) {
    await send(decisionsOf(verdict, items, said, lookedMs))
    const ids = items.map(({ id }) => id)
    choose(ids, false)
    focusAfter(ids)
  }

  /** Decides at once what needs no words, and asks for them otherwise. */
  function begin(verdict: Verdict, items: InboxRow[]) {
    if (items.length === 0) return
    if (can !== true) notifications.show({ message: can })
    else if (isPlain(verdict, items))
      decide(verdict, items, nothingSaid).catch((error: unknown) =>
        notifications.show({
          color: 'red',
          message: error instanceof Error ? error.message : 'It did not work. Try again.',
        }),
      )
    else setAsking({ verdict, items })
  }

  const buttons = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-review-row]') ?? [])]
  function focusOn(button: HTMLElement | undefined) {
    button?.focus()
    button?.scrollIntoView({ block: 'nearest' })
  }
  const move = (step: 1 | -1) => {
    const all = buttons()
    const at = all.findIndex((button) => button.dataset.item === current)
    focusOn(all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)])
  }
  function focusAfter(ids: readonly string[]) {
    const at = rows.findLastIndex(({ id }) => ids.includes(id))
    const following = rows.slice(at + 1).find((row) => isOpen(row) && !ids.includes(row.id))
    if (following) focusOn(buttons().find((button) => button.dataset.item === following.id))
    setExpanded((before) => (before !== null && ids.includes(before) ? (following?.id ?? null) : before))
  }

  const leaveOut = (ids: readonly string[]) => setGone((before) => new Set([...before, ...ids]))
  /** What this visit has answered is open again where it stands; what an earlier one has is no more among the answered. */
  async function takeBackRow({ id }: InboxRow) {
    const isOfThisVisit = answers.has(id)
    if ((await takeBack(id)) && !isOfThisVisit) leaveOut([id])
  }

  useReviewKeys({
    decide: (verdict) =>
      begin(verdict, chosen.length > 0 ? chosen : rows.filter((row) => row.id === current && isOpen(row))),
    move,
    toggle: () => current !== null && choose([current], !selected.has(current)),
    undo: undoLast,
    clear: () => setSelected(new Set()),
  })

  if (visit.rows.length === 0) return children
  return (
    <>
      {filter.state !== 'answered' && <ReviewKeysHint />}
      <div ref={list} className={classes.inbox} data-choosing={chosen.length > 0 || undefined}>
        {groupsOf(rows).map((group) => (
          <ReviewGroupSection
            key={group.key}
            group={group}
            can={can}
            {...{ current, expanded, selected, answers, isOpen, choose }}
            onFocus={setCurrent}
            onExpand={(id) => {
              setCurrent(id)
              setExpanded((before) => (before === id ? null : id))
            }}
            onDecide={(verdict, row) => begin(verdict, [row])}
            onTakeBack={takeBackRow}
          />
        ))}
      </div>
      <div className={classes.foot}>
        <span role="status">
          {rows.length.toLocaleString('en')} shown{more.next !== null && ', there are more'}
          {answers.size > 0 && `, ${left.toLocaleString('en')} of them open`}
        </span>
        {more.problem && <span role="alert">{more.problem}</span>}
        {more.next !== null && (
          <Button variant="default" loading={more.pending} onClick={more.load}>
            Load more
          </Button>
        )}
        {more.next === null && left === 0 && filter.state !== 'answered' && answers.size + gone.size > 0 && (
          <Button variant="default" onClick={() => window.location.reload()}>
            All done here: show what is left
          </Button>
        )}
      </div>
      {chosen.length > 0 && (
        <BulkBar
          count={chosen.length}
          can={can}
          canDefer={chosen.some(({ wasDeferred }) => wasDeferred) ? 'Some of them were put off once already.' : true}
          onChoose={(verdict) => begin(verdict, chosen)}
          onHandedOver={() => {
            leaveOut(chosen.map(({ id }) => id))
            setSelected(new Set())
            router.refresh()
          }}
          ids={chosen.map(({ id }) => id)}
          onClear={() => setSelected(new Set())}
        />
      )}
      {asking && (
        <DecideDialog
          {...asking}
          onClose={() => setAsking(null)}
          onSend={(said) => decide(asking.verdict, asking.items, said)}
        />
      )}
    </>
  )
}
