import type { RegistrySubjectType } from '@/lib/gaps/model'
import { layerOf } from '@/lib/layers'
import { type Estate, type EstateCollection, estateCollections } from '../estate/model'
import { type Reference, referencesOf } from '../estate/references'
import { keyOf } from '../keys'

/** Names that an estate refers to, by what they name. */
export type Names = ReadonlyMap<EstateCollection, ReadonlySet<string>>

/** What an estate refers to and does not describe: for the registry to know. */
export function outwardNames(estate: Estate): Names {
  const own = new Map(estateCollections.map((collection) => [collection, keysIn(estate, collection)]))
  const outward = new Map(estateCollections.map((collection) => [collection, new Set<string>()]))
  for (const { key, target } of referencesOf(estate)) {
    if (key !== undefined && !own.get(target)?.has(key)) outward.get(target)?.add(key)
  }
  return outward
}

/** Every place where an estate uses one of these names. */
export function* usesOf(estate: Estate, names: Names): Generator<Reference & { key: string }> {
  for (const reference of referencesOf(estate)) {
    const { key, target } = reference
    if (key !== undefined && names.get(target)?.has(key)) yield { ...reference, key }
  }
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

/** Where the subjects of gaps are described. */
export const subjectCollections = {
  agent: 'agents',
  tool: 'tools',
  binding: 'bindings',
  assignment: 'owners',
} as const satisfies Record<RegistrySubjectType, EstateCollection>

/** The names of what a gap may be about, of each kind; an assignment for the whole organisation is `layer:organisation`. */
export function subjectNames(estate: Estate, type: RegistrySubjectType): Set<string> {
  const keys = keysIn(estate, subjectCollections[type])
  return type === 'assignment' ? new Set([...keys].map((key) => key.replace(/:$/, ''))) : keys
}
