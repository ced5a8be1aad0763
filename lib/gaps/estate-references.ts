import { type Estate, type EstateCollection, estateCollections } from '@/lib/importers/estate/model'
import { referencesOf } from '@/lib/importers/estate/references'
import { describeEntityKey, entityNoun, keyOf } from '@/lib/importers/keys'

/** What is wrong with an entity of an estate, and where: `field` is a path inside the entity, null for all of it. */
export interface EstateProblem {
  collection: EstateCollection
  index: number
  field: string | null
  message: string
}

/** Everything that an estate, read by itself, names and does not describe, and everything it describes twice. */
export function estateProblems(estate: Estate): EstateProblem[] {
  const keys = keysOf(estate)
  const dangling = [...referencesOf(estate)].flatMap(({ collection, index, field, target, key }): EstateProblem[] => {
    if (key === undefined || keys.get(target)?.has(key)) return []
    return [{ collection, index, field, message: `This estate has no ${entityNoun[target]} "${key}"` }]
  })
  return [...estateCollections.flatMap((collection) => repeatedIn(collection, estate)), ...dangling]
}

function keysOf(estate: Estate): ReadonlyMap<EstateCollection, ReadonlySet<string>> {
  const keys = <C extends EstateCollection>(collection: C): [EstateCollection, ReadonlySet<string>] => {
    const entities: readonly Estate[C][number][] = estate[collection]
    return [collection, new Set(entities.map((entity) => keyOf[collection](entity)))]
  }
  return new Map(estateCollections.map((collection) => keys(collection)))
}

function repeatedIn<C extends EstateCollection>(collection: C, estate: Estate): EstateProblem[] {
  const entities: readonly Estate[C][number][] = estate[collection]
  const seen = new Set<string>()
  return entities.flatMap((entity, index) => {
    const isNew = seen.size < seen.add(keyOf[collection](entity)).size
    const message = `The ${describeEntityKey(collection, entity)} is described twice; the first description counts`
    return isNew ? [] : [{ collection, index, field: null, message }]
  })
}
