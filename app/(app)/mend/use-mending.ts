import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { offerUndo } from '@/components/assign/offer-undo'
import { ApiProblem } from '@/lib/http/client'
import type { Mendable } from '@/lib/ownership/suggest/model'
import { type Choice, plural, suggestedFor } from './groups'

/** What is chosen and ticked on the board, and the one request that names all of it. */
export function useMending(rows: readonly Mendable[]) {
  const router = useRouter()
  const [chosen, setChosen] = useState<ReadonlyMap<string, Choice>>(new Map())
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const choiceOf = (row: Mendable) => chosen.get(row.id) ?? suggestedFor(row)
  // What was mended by somebody else meanwhile is not in the list any more.
  const selected = rows.filter((row) => ticked.has(row.id) && choiceOf(row) !== null)

  function choose(of: readonly Mendable[], choice: Choice) {
    setChosen(new Map([...chosen, ...of.map(({ id }) => [id, choice] as const)]))
    tick(of, true)
  }

  function tick(of: readonly Mendable[], on: boolean) {
    setTicked((before) => {
      const after = new Set(before)
      for (const { id } of of) {
        if (on) after.add(id)
        else after.delete(id)
      }
      return after
    })
  }

  async function mend(reason: string) {
    const items = selected.flatMap((row) => {
      const choice = choiceOf(row)
      const person = choice?.person?.externalId
      return choice ? [{ gap: row.id, team: choice.team.slug, ...(person && { person }), expected: row.expected }] : []
    })
    try {
      const { assignments } = await api('ownership.mend', { items, reason })
      setTicked(new Set())
      const ids = assignments.map(({ id }) => id)
      offerUndo(ids, `Owners named for ${plural(ids.length, 'layer', 'layers')}.`, () => router.refresh())
    } catch (error) {
      // Somebody was quicker: behind the dialog stands the present state, and what was chosen stays chosen.
      if (error instanceof ApiProblem && error.problem.code === 'stale') router.refresh()
      throw error
    }
    router.refresh()
  }

  return { choiceOf, choose, tick, ticked, selected, mend }
}
