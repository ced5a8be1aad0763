import { layerOf } from '@/lib/layers'
import { type Estate, type EstateCollection, estateCollections } from '../estate/model'
import { type Reference, referencesOf } from '../estate/references'
import { keyOf } from '../keys'

/** A reference to something that the estate itself does not hold. */
export interface OutwardReference extends Reference {
  key: string
}

/** What an estate refers to and does not describe: for the registry to know, or else an error. */
export function outwardReferences(estate: Estate): OutwardReference[] {
  const own = new Map(estateCollections.map((collection) => [collection, keysIn(estate, collection)]))
  const outward: OutwardReference[] = []
  for (const reference of referencesOf(estate)) {
    const { key, target } = reference
    if (key !== undefined && !own.get(target)?.has(key)) outward.push({ ...reference, key })
  }
  return outward
}

/** The keys of all entities of a collection. */
export function keysIn<C extends EstateCollection>(estate: Estate, collection: C): Set<string> {
  const entities: readonly Estate[C][number][] = estate[collection]
  return new Set(entities.map((entity) => keyOf[collection](entity)))
}

/** Owners that no importer may set, whatever its format allows. */
export function refusedOwners(estate: Estate): { index: number; key: string; field: string; message: string }[] {
  return estate.owners.flatMap((owner, index) => {
    const { inheritsFromOrganisation, title } = layerOf(owner.layer)
    if (owner.scope !== 'organisation' || inheritsFromOrganisation) return []
    const message = `${title} has no owner for the whole organisation: the front door must not stand in for the application. Name its owner on the tool`
    return [{ index, key: keyOf.owners(owner), field: 'scope', message }]
  })
}

/** What each exception is about: a binding or an assignment by its form, else an agent, a tool or a point. */
export function exceptionSubjects(estate: Estate) {
  return estate.exceptions.map(({ subject }, index) => ({ index, subject, kinds: kindsOf(subject) }))
}

function kindsOf(subject: string): readonly EstateCollection[] {
  // The owner of the organisation is `layer:organisation`; whether an assignment is there, only its gap tells.
  if (subject.includes(':')) return ['owners']
  return subject.includes('/') ? ['bindings'] : ['agents', 'tools', 'enforcementPoints']
}
