import type { Db } from '@/lib/db/client'
import { isOfRegistry, type RegistrySubjectType, registrySubjectTypes } from '@/lib/gaps/model'
import { findRule } from '@/lib/gaps/rules'
import type { Estate, EstateCollection } from '../estate/model'
import { entityNoun, keyOf } from '../keys'
import { exceptionSubjectKey } from './adjust'
import { managerCycles } from './managers'
import { contractsInForce, knownNames, managersAbove, namedCollections, nearestName } from './names-store'
import { keysIn, outwardNames, refusedOwners, subjectCollections, subjectNames, usesOf } from './references'
import type { Tally } from './tally'

/** Looking for what was meant costs a query each; so many names of a kind get a hint. */
const hintsMax = 20

/** What an estate refers to, checked against itself and the registry: every fault is an error at its place. */
export async function checkReferences(db: Db, estate: Estate, tally: Tally): Promise<void> {
  await checkNames(db, estate, tally)
  await checkContracts(db, estate, tally)
  await checkManagers(db, estate, tally)
  for (const { index, field, message, key } of refusedOwners(estate)) {
    tally.error({ collection: 'owners', index, key }, field, message)
  }
}

async function checkNames(db: Db, estate: Estate, tally: Tally): Promise<void> {
  const outward = outwardNames(estate)
  const unknown = new Map<EstateCollection, Set<string>>()
  const hints = new Map<string, string>()
  for (const target of namedCollections) {
    const names = outward.get(target) ?? new Set()
    const known = await knownNames(db, target, [...names])
    const strange = [...names].filter((name) => !known.has(name))
    unknown.set(target, new Set(strange))
    for (const name of strange.slice(0, hintsMax)) {
      const nearest = await nearestName(db, target, name, [...keysIn(estate, target)])
      if (nearest !== null) hints.set(`${target}/${name}`, `; did you mean "${nearest}"?`)
    }
  }
  for (const { collection, index, field, target, key } of usesOf(estate, unknown)) {
    const hint = hints.get(`${target}/${key}`) ?? ''
    tally.error({ collection, index, key }, field, `There is no ${entityNoun[target]} "${key}"${hint}`)
  }
}

/**
 * What each exception is about: the first kind of subject that its rule is placed on and that has the name, in the files
 * or in the registry. A name that nothing has is an error at its place.
 */
export async function exceptedSubjects(
  db: Db,
  estate: Estate,
  tally: Tally,
): Promise<Map<string, RegistrySubjectType>> {
  const { exceptions } = estate
  const found = new Map<string, RegistrySubjectType>()
  if (exceptions.length === 0) return found
  const subjects = [...new Set(exceptions.map(({ subject }) => subject))]
  const named = new Map<RegistrySubjectType, (name: string) => boolean>()
  for (const type of registrySubjectTypes) {
    const own = subjectNames(estate, type)
    const known = await knownNames(db, subjectCollections[type], subjects)
    named.set(type, (name) => own.has(name) || known.has(name))
  }
  for (const [index, exception] of exceptions.entries()) {
    const { rule, subject } = exception
    const types = findRule(rule)?.placedOn.filter(isOfRegistry) ?? registrySubjectTypes
    const type = types.find((candidate) => named.get(candidate)?.(subject))
    if (type !== undefined) found.set(exceptionSubjectKey(rule, subject), type)
    else {
      const nouns = types.map((candidate) => entityNoun[subjectCollections[candidate]]).join(' or ')
      const at = { collection: 'exceptions', index, key: keyOf.exceptions(exception) } as const
      const message =
        types.length === 0
          ? `${rule} is found on nothing that an estate describes`
          : `There is no ${nouns} "${subject}", and ${rule} is found on nothing else`
      tally.error(at, 'subject', message)
    }
  }
  return found
}

/** One contract of a tool is in force at a time, those that only the registry knows included. */
async function checkContracts(db: Db, estate: Estate, tally: Tally): Promise<void> {
  const inForce = estate.contracts.flatMap(({ tool, state }) => (state === 'in_force' ? [tool] : []))
  const described = keysIn(estate, 'contracts')
  const others = new Map<string, number>()
  for (const { tool, version } of await contractsInForce(db, inForce)) {
    if (!described.has(`${tool}@v${version}`)) others.set(tool, version)
  }
  for (const [index, contract] of estate.contracts.entries()) {
    const other = contract.state === 'in_force' ? others.get(contract.tool) : undefined
    if (other === undefined) continue
    const message = `Version ${other} of the contract of "${contract.tool}" is in force in the registry; say here that it is superseded`
    tally.error({ collection: 'contracts', index, key: keyOf.contracts(contract) }, 'state', message)
  }
}

async function checkManagers(db: Db, estate: Estate, tally: Tally): Promise<void> {
  const edges = estate.people.flatMap(({ id, manager }) => (manager === undefined ? [] : [{ person: id, manager }]))
  if (edges.length === 0) return
  const cycles = managerCycles(
    edges,
    await managersAbove(
      db,
      edges.map(({ manager }) => manager),
    ),
  )
  for (const [index, person] of estate.people.entries()) {
    const cycle = cycles.get(person.id)
    if (!cycle) continue
    const shown = [...cycle.slice(0, 12), ...(cycle.length > 12 ? ['…'] : []), cycle[0]].join(' → ')
    tally.error(
      { collection: 'people', index, key: keyOf.people(person) },
      'manager',
      `Managers form a cycle: ${shown}`,
    )
  }
}
