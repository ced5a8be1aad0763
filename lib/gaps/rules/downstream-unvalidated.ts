import { enforcementLayer } from '@/lib/layers'
import type { IndexedPicture } from '../indexed-picture'
import { isDoor, namesOf, pathOf } from '../paths'
import type { BindingFact, PointFact, ToolFact } from '../picture'
import { findingOf, type Rule } from '../rule'
import { count, listedBindings } from '../wording'

/**
 * Behind the front door something acts with power of its own and does not decide for itself.
 * The tool's application counts as an unknown point behind the door where a path ends before it. A path that ends at a
 * door in front of a tool without a known application names nothing behind it: that is front-door-only's business.
 * Depends on: the tool (independent privileges, application, name), its active bindings and their paths, and the points
 * on those and the application (kind, independent privileges, name).
 */
export const downstreamUnvalidated: Rule = {
  id: 'downstream-unvalidated',
  title: 'Nothing is checked behind the front door',
  placedOn: ['tool'],
  severityByRisk: { low: 'medium', medium: 'high', high: 'high', critical: 'critical' },
  when: 'On the path of an active binding to the tool, a point behind a gateway or broker trusts what came before it, or is not known to decide, while that point or the tool has independent privileges, or nobody knows that it has none. An application that is missing from a path with a gateway or broker counts as a point that is not known to decide.',
  why: 'A gateway limits only what passes through it. What has power of its own and takes every call on trust does whatever it is told by anyone who gets past or around the gateway.',
  fix: 'Have the point behind the door enforce the contract itself, or take its independent privileges away and record that it has none.',
  evaluate(subject, picture) {
    const tool = picture.tools.get(subject.id)
    if (!tool) return []
    const trusting = picture
      .activeBindingsOfTool(tool.id)
      .flatMap((binding) => trustingPoints(binding, tool, picture))
      .filter(({ point }) => powerfulAmong(tool, point) !== null)
    if (trusting.length === 0) return []
    const bindings = [...new Set(trusting.map(({ binding }) => binding))]
    const explanation = explain(trusting, tool)
    return [findingOf(downstreamUnvalidated, { subject, layer: enforcementLayer, bindings, explanation })]
  },
}

/** A point that is reached through doors and does not decide, as far as anybody knows. */
interface Trusting {
  point: PointFact
  how: 'trusts' | 'unknown' | 'unnamed'
  doors: readonly PointFact[]
  binding: BindingFact
}

function trustingPoints(binding: BindingFact, tool: ToolFact, picture: IndexedPicture): Trusting[] {
  const doors: PointFact[] = []
  const trusting: Trusting[] = []
  for (const { point, mode } of pathOf(binding, picture)) {
    if (doors.length > 0 && mode !== 'enforces') {
      trusting.push({ point, how: mode === 'unknown' ? 'unknown' : 'trusts', doors: [...doors], binding })
    }
    if (isDoor(point)) doors.push(point)
  }
  const application = tool.applicationId === null ? undefined : picture.points.get(tool.applicationId)
  const isNamed = binding.path.some(({ pointId }) => pointId === tool.applicationId)
  if (application && !isNamed && doors.length > 0) trusting.push({ point: application, how: 'unnamed', doors, binding })
  return trusting
}

/** The one of the two that has independent privileges, else one of which nobody knows, else null. */
function powerfulAmong(tool: ToolFact, point: PointFact): ToolFact | PointFact | null {
  const holders = [tool, point]
  return (
    holders.find(({ independentPrivileges }) => independentPrivileges === 'yes') ??
    holders.find(({ independentPrivileges }) => independentPrivileges === 'unknown') ??
    null
  )
}

const sentencesMax = 3

/** One sentence for each point and the way it trusts. */
function explain(trusting: readonly Trusting[], tool: ToolFact): string {
  const kinds = [...new Set(trusting.map(({ point, how }) => `${point.id}|${how}`))]
  const sentences = kinds
    .map((kind) =>
      explainAlike(
        trusting.filter(({ point, how }) => `${point.id}|${how}` === kind),
        tool,
      ),
    )
    .sort()
  const rest = sentences.length - sentencesMax
  const more = rest > 0 ? [`The same holds for ${count(rest, 'other point')}.`] : []
  return [...sentences.slice(0, sentencesMax), ...more].join(' ')
}

function explainAlike(alike: readonly Trusting[], tool: ToolFact): string {
  const [first] = alike
  if (!first) return ''
  const doors = namesOf(alike.flatMap((one) => one.doors))
  const bindings = alike.map(({ binding }) => binding)
  const holder = powerfulAmong(tool, first.point)
  const power =
    holder?.independentPrivileges === 'yes'
      ? `${holder.name} has independent privileges`
      : `nobody knows whether ${holder?.name} has independent privileges`
  return `${sayHow(first, doors)}, while ${power} (${count(bindings.length, 'active binding')}: ${listedBindings(bindings)}).`
}

function sayHow({ point, how }: Trusting, doors: string): string {
  switch (how) {
    case 'trusts':
      return `${point.name} trusts what ${doors} decided`
    case 'unknown':
      return `${point.name} is not known to decide for itself behind ${doors}`
    case 'unnamed':
      return `The path behind ${doors} does not say what ${point.name} does`
  }
}
