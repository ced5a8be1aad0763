import { lockEstate } from '@/lib/estate/settle'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { findAssignments } from '../assignment-store'
import { assignmentName } from '../model'
import { nameOwners, type OwnerChange } from '../name-owners'
import { namedChanges } from '../named-changes'
import { type NamedOwner, ownerNamed } from '../owner-named'
import { mendedSchema, mendInput } from './model'
import { type Place, placesOf } from './places-store'

const placeName = ({ layer, scope, subjectSlug }: Place) => assignmentName(layer, scope, subjectSlug)

function assertOpen(place: Place | undefined): Place {
  if (!place) throw notFound('A gap about a missing owner')
  if (place.state === 'resolved')
    throw new DomainError('stale', `${placeName(place)} was mended meanwhile. Nothing was overwritten.`)
  return place
}

/** Looks each named owner up once, however many gaps they mend. */
function ownersOnce(context: UseCaseContext): (team: string, person: string | undefined) => Promise<NamedOwner> {
  const known = new Map<string, NamedOwner>()
  return async (team, person) => {
    const key = JSON.stringify([team, person])
    const owner = known.get(key) ?? (await ownerNamed(context, { team, person }))
    known.set(key, owner)
    return owner
  }
}

/** Names the owners that many gaps miss, each its own: all of them or none, and taken back as one. */
export const mendOwnership = defineCommand({
  name: 'ownership.mend',
  summary: 'Name owners where gaps say that one is missing, many at once',
  method: 'POST',
  path: '/ownership/mend',
  input: mendInput,
  output: mendedSchema,
  async handler(context, { items, reason }) {
    await lockEstate(context)
    const { db, now } = context
    const places = await placesOf(
      db,
      items.map(({ gap }) => gap),
    )
    const ownerOf = ownersOnce(context)
    const changes: OwnerChange[] = []
    for (const { gap, team, person, expected } of items) {
      const { layer, scope, subjectId, subjectSlug } = assertOpen(places.get(gap))
      changes.push({
        target: { layer, scope, subjectId, subjectSlug },
        owner: await ownerOf(team, person),
        expected,
      })
    }
    const { created, ended, unchanged } = await nameOwners(context, changes, { reason, validFrom: now })
    const assignments = await findAssignments(db, { ids: created }, created.length)
    const named = assignments.map(({ id, name, team, person }) => ({
      id,
      name,
      team: team.slug,
      person: person?.externalId ?? null,
    }))
    return {
      output: { assignments, unchanged },
      event: {
        subjectType: 'assignment',
        subjectId: created.length === 1 ? String(created[0]) : 'several',
        before: { ended },
        after: named,
        reason,
        changes: namedChanges(named, ended),
      },
    }
  },
})
