import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { api } from '@/components/api'
import { ApiProblem } from '@/lib/http/client'
import type { SuccessionView } from '@/lib/ownership/succession/model'
import { aboutOf } from './words'

const named = (rows: readonly SuccessionView[]) => rows.map(({ id, version }) => ({ id, version }))

const what = (rows: readonly SuccessionView[]) => {
  const [first] = rows
  return rows.length === 1 && first ? aboutOf(first) : `${rows.length} things`
}

/** The answers to successions; each brings the page up to date, also when somebody else was quicker. */
export function useAnswers() {
  const router = useRouter()

  async function answer(work: () => Promise<string>): Promise<void> {
    try {
      notifications.show({ message: await work() })
    } catch (error) {
      if (error instanceof ApiProblem && ['stale', 'wrong_state'].includes(error.problem.code)) router.refresh()
      throw error
    }
    router.refresh()
  }

  return {
    accept: (rows: readonly SuccessionView[]) =>
      answer(async () => {
        await api('succession.accept', { successions: named(rows) })
        return `You have taken over ${what(rows)}.`
      }),
    decline: (rows: readonly SuccessionView[], reason: string) =>
      answer(async () => {
        await api('succession.decline', { successions: named(rows), reason })
        return `You have declined ${what(rows)}; the next in line is asked.`
      }),
    name: (rows: readonly SuccessionView[], person: string, reason: string) =>
      answer(async () => {
        await api('succession.name', { successions: named(rows), person, reason })
        return `Somebody else is asked about ${what(rows)}.`
      }),
  }
}
