'use client'

import { useEffect, useRef, useState } from 'react'
import { api } from '@/components/api'
import type { InputOf, OutputOf } from '@/lib/http/client'

type Event = OutputOf<'audit.list'>['rows'][number]
type Filter = Omit<InputOf<'audit.list'>, 'sort' | 'cursor' | 'limit' | 'after'>

const everyMs = 2_500
/** Numbers are given before a transaction ends: one that ends later shows up behind those seen, so it is asked for again. */
const overlapMs = 30_000
const rowsMax = 200

const keyOf = ({ id, change }: Event) => `${id} ${change}`

/** Remembers what was seen, and from which number on the next question has to look. */
class Seen {
  private readonly keys: Set<string>
  private readonly marks: { at: number; sequence: number }[]

  constructor(first: readonly Event[]) {
    this.keys = new Set(first.map(keyOf))
    // What was there before the page is not news, however far down it stands.
    this.marks = [{ at: 0, sequence: Math.max(0, ...first.map(({ sequence }) => sequence)) }]
  }

  /** The number after which everything is asked for. */
  after(now: number): number {
    while (this.marks.length > 1 && (this.marks[1]?.at ?? now) <= now - overlapMs) this.marks.shift()
    return this.marks[0]?.sequence ?? 0
  }

  /** Those of the rows that are new. */
  add(rows: readonly Event[], now: number): Event[] {
    const news = rows.filter((row) => !this.keys.has(keyOf(row)))
    for (const row of news) this.keys.add(keyOf(row))
    if (news.length > 0) this.marks.push({ at: now, sequence: Math.max(...rows.map(({ sequence }) => sequence)) })
    return news
  }
}

/** Whether the head of the table is in sight. */
const isAtTop = () => window.scrollY < 80 && (document.querySelector('table')?.parentElement?.scrollTop ?? 0) < 40

/**
 * What comes to the log while `enabled`, asked for by its number: right with several instances, and nothing is missed
 * while the tab is hidden and nothing is asked. New rows show at once at the head of the list, and wait to be shown while
 * somebody reads further down.
 */
export function useLive(filter: Filter, first: readonly Event[], enabled: boolean) {
  const [shown, setShown] = useState<Event[]>([])
  const [held, setHeld] = useState<Event[]>([])
  const [failed, setFailed] = useState(false)
  const [isHidden, setHidden] = useState(false)
  const seen = useRef<Seen | null>(null)
  const asked = JSON.stringify(filter)

  useEffect(() => {
    if (!enabled) return
    seen.current ??= new Seen(first)
    const memory = seen.current
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false

    async function ask() {
      const now = Date.now()
      try {
        const narrowed: Filter = JSON.parse(asked)
        const page = await api('audit.list', { ...narrowed, after: memory.after(now), limit: rowsMax })
        if (isOver) return
        const news = memory.add(page.rows, now)
        setFailed(false)
        if (news.length > 0) {
          const join = (earlier: Event[]) => [...news, ...earlier]
          if (isAtTop()) setShown(join)
          else setHeld(join)
        }
      } catch {
        if (!isOver) setFailed(true)
      }
      if (!isOver && !document.hidden) timer = setTimeout(ask, everyMs)
    }

    function turn() {
      setHidden(document.hidden)
      clearTimeout(timer)
      if (!document.hidden) void ask()
    }

    void ask()
    document.addEventListener('visibilitychange', turn)
    return () => {
      isOver = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', turn)
    }
  }, [enabled, asked, first])

  return {
    shown,
    held,
    state: !enabled
      ? ''
      : failed
        ? 'No answer; trying again'
        : isHidden
          ? 'Paused'
          : 'New changes appear by themselves',
    /** Shows what waits, and goes where it stands. */
    show() {
      setShown((earlier) => [...held, ...earlier])
      setHeld([])
      document.querySelector('table')?.parentElement?.scrollTo({ top: 0 })
      window.scrollTo({ top: 0 })
    },
  }
}
