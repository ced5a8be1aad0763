import { rules } from '@/lib/gaps/rules'
import { layerOf } from '@/lib/layers'
import { mappedRules } from '@/lib/standards/controls'
import { describeEntityKey } from '../keys'
import type { Collector, Origin, Place } from '../source/collector'
import { fieldOf } from '../source/document'
import { nearestOf } from '../source/nearest'
import type { Estate } from './model'

const at = ({ file, line, field }: Place): Origin => ({
  file,
  lineOf: () => line,
  fieldOf: (path) => [field, fieldOf(path)].filter((part) => part !== null).join('.') || null,
})

/** What an estate may not say of itself, whatever the registry holds. References to things outside the files are the registry's to check. */
export function checkEstate(collector: Collector): void {
  checkManagers(collector)
  for (const { entity, place } of collector.entriesOf('teams')) {
    const twice = firstRepeated((entity.members ?? []).map((member) => member.person))
    if (twice)
      collector.error(
        at(place),
        ['members'],
        `The ${describeEntityKey('teams', entity)} names "${twice}" twice as a member`,
      )
  }
  for (const { entity, place } of collector.entriesOf('tools')) {
    const twice = firstRepeated((entity.actions ?? []).map((action) => action.name))
    if (twice)
      collector.error(
        at(place),
        ['actions'],
        `The ${describeEntityKey('tools', entity)} names the action "${twice}" twice`,
      )
  }
  for (const { entity, place } of collector.entriesOf('bindings')) {
    const twice = firstRepeated((entity.path ?? []).map((step) => step.point))
    if (twice)
      collector.error(
        at(place),
        ['path'],
        `The ${describeEntityKey('bindings', entity)} passes the point "${twice}" twice`,
      )
  }
  for (const { entity, place } of collector.entriesOf('delegations'))
    if (entity.from === entity.to)
      collector.error(at(place), ['to'], `The agent "${entity.from}" cannot delegate to itself`)
  for (const { entity, place } of collector.entriesOf('owners')) {
    const refusal = refusalOf(entity)
    if (refusal) collector.error(at(place), [refusal.field], refusal.message)
    const deputies = entity.deputies ?? []
    const twice = firstRepeated(deputies)
    if (twice) collector.error(at(place), ['deputies'], `"${twice}" is named twice as a deputy`)
    if (entity.person !== undefined && deputies.includes(entity.person))
      collector.error(at(place), ['deputies'], `"${entity.person}" is accountable and cannot be their own deputy`)
  }
  checkContracts(collector)
  checkExceptions(collector)
}

/** One contract of a tool is in force at a time. What the registry holds beside the files is checked with the references. */
function checkContracts(collector: Collector): void {
  const inForce = new Map<string, { version: number; place: Place }>()
  for (const { entity, place } of collector.entriesOf('contracts')) {
    if (entity.state !== 'in_force') continue
    const first = inForce.get(entity.tool)
    if (first) {
      const where = `${first.place.file}, line ${first.place.line ?? '?'}`
      const message = `Version ${entity.version} of the contract of "${entity.tool}" is in force, and so is version ${first.version} (${where}); one of them is superseded`
      collector.error(at(place), ['state'], message)
    } else inForce.set(entity.tool, { version: entity.version, place })
  }
}

/** Every rule that a gap can be of, now or once it is there. */
const ruleIds = [...new Set([...rules.map(({ id }) => id), ...mappedRules])]

function checkExceptions(collector: Collector): void {
  for (const { entity, place } of collector.entriesOf('exceptions')) {
    if (ruleIds.includes(entity.rule)) continue
    const nearest = nearestOf(entity.rule, ruleIds)
    const hint = nearest === undefined ? `. Rules are ${ruleIds.join(', ')}` : `; did you mean "${nearest}"?`
    collector.error(at(place), ['rule'], `There is no rule "${entity.rule}"${hint}`)
  }
}

/** Why an owner cannot be set as written. */
function refusalOf(owner: Estate['owners'][number]): { field: string; message: string } | null {
  if (owner.scope === 'organisation') {
    if (owner.subject !== undefined)
      return { field: 'subject', message: 'The organisation has no subject; leave the key out' }
    if (!layerOf(owner.layer).inheritsFromOrganisation)
      return {
        field: 'scope',
        message: `The layer ${owner.layer} has no owner for the whole organisation: the front door must not stand in for the application. Name its owner on the tool`,
      }
    return null
  }
  if (owner.subject === undefined)
    return { field: 'subject', message: `Missing: say which ${owner.scope.replace('_', ' ')} is owned` }
  if (owner.subject.includes('/') !== (owner.scope === 'binding'))
    return {
      field: 'subject',
      message:
        owner.scope === 'binding'
          ? 'Name a binding as agent/tool@environment'
          : `Name one ${owner.scope.replace('_', ' ')} by its slug`,
    }
  return null
}

/** Follows each person's managers as far as the files tell; everyone on a cycle is an error at their own line. */
function checkManagers(collector: Collector): void {
  const people = new Map([...collector.entriesOf('people')].map((entry) => [entry.entity.id, entry]))
  const settled = new Set<string>()
  for (const start of people.keys()) {
    const trail: string[] = []
    const onTrail = new Map<string, number>()
    let id: string | undefined = start
    while (id !== undefined && !settled.has(id) && !onTrail.has(id)) {
      onTrail.set(id, trail.length)
      trail.push(id)
      id = people.get(id)?.entity.manager
    }
    const cycleStart = id === undefined ? undefined : onTrail.get(id)
    if (cycleStart !== undefined) {
      const cycle = trail.slice(cycleStart)
      for (const member of cycle) {
        const entry = people.get(member)
        if (entry)
          collector.error(
            at(entry.place),
            ['manager'],
            `Managers form a cycle: ${[...cycle, cycle[0]].slice(0, 12).join(' → ')}`,
          )
      }
    }
    for (const member of trail) settled.add(member)
  }
}

function firstRepeated(names: readonly string[]): string | undefined {
  const seen = new Set<string>()
  return names.find((name) => seen.size === seen.add(name).size)
}
