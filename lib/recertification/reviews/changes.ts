import { isDeepStrictEqual as same } from 'node:util'
import { lasting } from '@/lib/gaps/wording'
import { type LayerId, layerOf } from '@/lib/layers'
import type { AccessPicture, OwnershipPicture, ReviewPicture } from '../picture'
import { isAccess } from './picture-kind'

type AccessFacts = AccessPicture['facts']
type OwnershipFacts = OwnershipPicture['facts']

const riskOrder = ['low', 'medium', 'high', 'critical'] as const
const spaced = (word: string) => word.replaceAll('_', ' ')
const quoted = (text: string) => `“${text}”`
const nameOf = (thing: { name: string } | null) => thing?.name ?? 'nobody'

/** One line when two values differ, else none. */
function when<Value>(before: Value, after: Value, line: (before: Value, after: Value) => string): string[] {
  return same(before, after) ? [] : [line(before, after)]
}

function credential(facts: AccessFacts): string {
  const type = spaced(facts.credentialType)
  return facts.credentialLifetimeSeconds === null ? type : `${type}, ${lasting(facts.credentialLifetimeSeconds)}`
}

function actionLines(before: readonly string[], after: readonly string[]): string[] {
  const added = after.filter((action) => !before.includes(action))
  const removed = before.filter((action) => !after.includes(action))
  const lines = [
    ...(added.length > 0 ? [`May also ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`May no longer ${removed.join(', ')}`] : []),
  ]
  return lines.length === 0 ? when(before, after, () => 'Its actions are listed otherwise') : lines
}

function ownerLines(before: AccessFacts['owners'], after: AccessFacts['owners']): string[] {
  const ownerIn = (owners: AccessFacts['owners'], layer: LayerId) =>
    owners.find((owner) => owner.layer === layer) ?? null
  const layers = [...new Set([...before, ...after].map(({ layer }) => layer))]
  const lines = layers.flatMap((layer) =>
    when(ownerIn(before, layer), ownerIn(after, layer), (was, is) => {
      const title = layerOf(layer).title
      if (!same(was?.team, is?.team))
        return `${title} is owned by ${nameOf(is?.team ?? null)}, before by ${nameOf(was?.team ?? null)}`
      if (!same(was?.person, is?.person))
        return `${nameOf(is?.person ?? null)} is accountable for ${title}, before ${nameOf(was?.person ?? null)}`
      return `The owner of ${title} is ${is?.status ?? 'gone'}, before ${was?.status ?? 'not there'}`
    }),
  )
  return lines.length === 0 ? when(before, after, () => 'Its owners are listed otherwise') : lines
}

const pathWords = (path: AccessFacts['path']) =>
  path.length === 0 ? 'none' : path.map(({ point, mode }) => `${point} ${spaced(mode)}`).join(', then ')

function accessLines(before: AccessFacts, after: AccessFacts): string[] {
  const rise = riskOrder.indexOf(after.risk) > riskOrder.indexOf(before.risk) ? 'raised' : 'lowered'
  return [
    ...when(before.risk, after.risk, (was, is) => `Risk ${rise} from ${was} to ${is}`),
    ...actionLines(before.actions, after.actions),
    ...when(before.boundary, after.boundary, (was, is) => {
      if (is === null) return `The boundary ${quoted(was ?? '')} is gone`
      return was === null ? `Bounded by ${quoted(is)} now` : `The boundary is ${quoted(is)}, before ${quoted(was)}`
    }),
    ...when(credential(before), credential(after), (was, is) => `Credential ${is}, before ${was}`),
    ...when(before.intent, after.intent, (was, is) => {
      if (is === null) return 'The approved intent is gone'
      return was === null
        ? `Intent ${quoted(is)} is approved now`
        : `The intent is ${quoted(is)}, before ${quoted(was)}`
    }),
    ...when(before.decisionMode, after.decisionMode, (was, is) => `Decided ${atTime(is)}, before ${atTime(was)}`),
    ...when(before.autonomy, after.autonomy, (was, is) => `The agent is ${is}, before ${was}`),
    ...when(before.classification, after.classification, (was, is) => `The tool's data is ${is}, before ${was}`),
    ...when(
      before.independentPrivileges,
      after.independentPrivileges,
      (was, is) => `Independent privileges of the tool: ${is}, before ${was}`,
    ),
    ...when(before.sponsor, after.sponsor, (was, is) => `The sponsor is ${nameOf(is)}, before ${nameOf(was)}`),
    ...when(
      before.purpose,
      after.purpose,
      (_was, is) => `The agent's purpose is ${is === '' ? 'not said any more' : quoted(is)}`,
    ),
    ...when(before.path, after.path, (was, is) => `Enforcement path: ${pathWords(is)}; before: ${pathWords(was)}`),
    ...ownerLines(before.owners, after.owners),
    ...when(before.agent, after.agent, (was, is) => `The agent is called ${is.name}, before ${was.name}`),
    ...when(before.tool, after.tool, (was, is) => `The tool is called ${is.name}, before ${was.name}`),
    ...when(before.environment, after.environment, (was, is) => `It runs in ${is}, before in ${was}`),
  ]
}

const atTime = (mode: AccessFacts['decisionMode']) => (mode === 'runtime' ? 'at request time' : 'statically')

function ownershipLines(before: OwnershipFacts, after: OwnershipFacts): string[] {
  const placed = ({ layer, scope, subject }: OwnershipFacts) => ({ layer, scope, subject })
  return [
    ...when(before.team, after.team, (was, is) => `The team is ${nameOf(is)}, before ${nameOf(was)}`),
    ...when(before.person, after.person, (was, is) => `${nameOf(is)} is accountable, before ${nameOf(was)}`),
    ...when(before.state, after.state, (was, is) => `It is ${is}, before ${was}`),
    ...when(placed(before), placed(after), (_was, is) => `It is about ${is.subject?.name ?? 'the organisation'} now`),
    ...when(
      [before.since, before.setBy, before.reason],
      [after.since, after.setBy, after.reason],
      () => `Set anew by ${after.setBy}: ${after.reason}`,
    ),
  ]
}

/** What is different in the facts of a picture, as short lines to read; none when nothing is. */
export function changesBetween(before: ReviewPicture, after: ReviewPicture): string[] {
  if (isAccess(before) && isAccess(after)) return accessLines(before.facts, after.facts)
  if (!isAccess(before) && !isAccess(after)) return ownershipLines(before.facts, after.facts)
  return ['It is something else now']
}
