'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
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
    undoToast({
      message: `${first ? doneWords(first.verdict, decisions.length) : 'Done.'}${nobody}`,
      undo: () => undo(batch),
      onUndone: () => router.refresh(),
    })
    router.refresh()
  }

  /** Takes the last back that this visit has decided. */
  async function undoLast() {
    if (last === null) return
    try {
      await undo(last)
      notifications.show({ message: 'Taken back.' })
      router.refresh()
    } catch (error) {
      notifications.show({
        color: 'red',
        message: error instanceof Error ? error.message : 'It could not be taken back.',
      })
    }
  }

  return { answers, send, undoLast }
}
