import type { Db } from '@/lib/db/client'
import { type CellAt, findEvidence } from './evidence-store'
import type { SuggestedOwner } from './model'
import { suggest } from './suggest'

/** Likely owners of each of these cells, in their order. */
export async function likelyOwners(db: Db, cells: readonly CellAt[]): Promise<SuggestedOwner[][]> {
  const found = await findEvidence(db, cells)
  return cells.map(({ layer, scope }, index) => {
    const about = found.cells[index]
    if (!about) return []
    return suggest({ layer, scope, ...about }, found.standing).flatMap(({ teamId, personId, score, reasons }) => {
      const team = found.teams.get(teamId)
      const person = (personId && found.people.get(personId)) || null
      return team
        ? {
            team: { slug: team.slug, name: team.name },
            person: person && { externalId: person.externalId, name: person.name },
            score,
            reasons,
          }
        : []
    })
  })
}
