import { z } from 'zod'
import { findGaps, gapCursorKey } from '@/lib/gaps/store/list'
import { cutPage, listName, pageOf, startOf } from '@/lib/http/page'
import { defineQuery } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { subjectIdsOf } from '../target-store'
import { likelyOwners } from './likely'
import { mendOwnership } from './mend'
import { type Mendable, mendableRules, mendableSchema, mendListInput, suggestedSchema, suggestInput } from './model'
import { placesOf } from './places-store'

const suggestOwners = defineQuery({
  name: 'ownership.suggest',
  summary: 'Likely owners of cells, or of what gaps say has none, with reasons',
  method: 'POST',
  path: '/ownership/suggest',
  input: suggestInput,
  output: z.object({ rows: z.array(suggestedSchema) }),
  async handler({ db }, { cells, gaps = [] }) {
    if (cells) {
      for (const { scope, subject } of cells) {
        if ((scope === 'organisation') !== (subject === null))
          throw new DomainError('invalid_input', 'A subject is named for every scope but the organisation.')
      }
      const subjects = cells.map(({ scope, subject }) => ({ scope, slug: subject }))
      const ids = await subjectIdsOf(db, subjects)
      const at = cells.map((cell, index) => ({ ...cell, subjectId: ids[index] ?? null }))
      const likely = await likelyOwners(db, at)
      return { rows: cells.map((cell, index) => ({ ...cell, gap: null, suggestions: likely[index] ?? [] })) }
    }
    const places = await placesOf(db, gaps)
    const found = gaps.map((id) => {
      const place = places.get(id)
      if (!place) throw notFound('A gap about a missing owner')
      return place
    })
    const likely = await likelyOwners(db, found)
    const rows = found.map(({ gapId, layer, scope, subjectSlug }, index) => {
      return { gap: gapId, layer, scope, subject: subjectSlug, suggestions: likely[index] ?? [] }
    })
    return { rows }
  },
})

const listMendable = defineQuery({
  name: 'ownership.mendable',
  summary: 'Open gaps about a missing owner with likely owners, worst and newest first',
  method: 'GET',
  path: '/ownership/mendable',
  input: mendListInput,
  output: pageOf(mendableSchema),
  async handler({ db, now }, { cursor, limit, ...filter }) {
    const list = listName('mendable', filter)
    const states = ['open', 'acknowledged', 'remediating'] as const
    const wanted = { ...filter, rule: [...mendableRules], state: [...states], sort: 'severity' as const }
    const found = await findGaps(db, wanted, limit + 1, startOf(list, cursor), now)
    const page = cutPage(list, found, limit, (row) => gapCursorKey(wanted.sort, row))
    const places = await placesOf(
      db,
      page.rows.map(({ id }) => id),
    )
    const placed = page.rows.flatMap((gap) => {
      const place = places.get(gap.id)
      return place ? [{ gap, place }] : []
    })
    const likely = await likelyOwners(
      db,
      placed.map(({ place }) => place),
    )
    const rows = placed.map(({ gap, place }, index): Mendable => {
      const { layer, scope, subjectSlug, subjectName, assignmentId, teamName } = place
      const name = subjectName ?? 'the whole organisation'
      return {
        ...gap,
        at: { layer, scope, subject: subjectSlug, name },
        expected: assignmentId,
        owner: teamName,
        suggestions: likely[index] ?? [],
      }
    })
    return { rows, next: page.next }
  },
})

export const mendUseCases = {
  'ownership.suggest': suggestOwners,
  'ownership.mendable': listMendable,
  'ownership.mend': mendOwnership,
}
