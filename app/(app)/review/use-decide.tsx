'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { api } from '@/components/api'
import { undoToast } from '@/components/undo-toast'
import type { Verdict } from '@/lib/recertification/model'
import { doneWords, type SentDecision } from './deciding'

/** What was said in this visit about items that are still in sight. */
export type Answers = ReadonlyMap<string, { verdict: Verdict; batch: string }>

/** Sends decisions as they are made, remembers them by item, and takes them back. */
export function useDecide(onUndone: () => void = () => undefined) {
  const router = useRouter()
  const [answers, setAnswers] = useState<Answers>(new Map())
  const [last, setLast] = useState<string | null>(null)
  const hideToast = useRef<() => void>(() => undefined)

  async function undo(batch: string) {
    await api('reviews.undo', { batch })
    setAnswers((before) => new Map([...before].filter(([, answer]) => answer.batch !== batch)))
    setLast((before) => (before === batch ? null : before))
    onUndone()
  }

  async function send(decisions: readonly SentDecision[]) {
    const { batch, withoutReviewer } = await api('reviews.decide', { decisions: [...decisions] })
    setAnswers((before) => {
      const after = new Map(before)
      for (const { item, verdict } of decisions) after.set(item, { verdict, batch })
      return after
    })
    setLast(batch)
    const [first] = decisions
    const nobody = withoutReviewer > 0 ? ' Nobody else was found to ask; the campaign’s lead sees it.' : ''
    // Only the last can be taken back from here: many of them in a heap would hide what comes next.
    hideToast.current()
    hideToast.current = undoToast({
      message: `${first ? doneWords(first.verdict, decisions.length) : 'Done.'}${nobody}`,
      undo: () => undo(batch),
      onUndone: () => router.refresh(),
    })
    router.refresh()
  }

  /** Takes the last back that this visit has decided. */
  async function undoLast() {
    if (last === null) return
    hideToast.current()
    await attempt(() => undo(last))
  }

  /** Takes back what was said about one item, now or in an earlier visit; returns whether it worked. */
  async function takeBack(item: string): Promise<boolean> {
    hideToast.current()
    return await attempt(async () => {
      await api('reviews.undo', { items: [item] })
      setAnswers((before) => new Map([...before].filter(([id]) => id !== item)))
      onUndone()
    })
  }

  async function attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      notifications.show({ message: 'Taken back.' })
      router.refresh()
      return true
    } catch (error) {
      notifications.show({
        color: 'red',
        message: error instanceof Error ? error.message : 'It could not be taken back.',
      })
      return false
    }
  }

  return { answers, send, undoLast, takeBack }
}
