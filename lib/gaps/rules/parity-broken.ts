import { enforcementLayer } from '@/lib/layers'
import type { IndexedPicture } from '../indexed-picture'
import type { GapPolicy } from '../model'
import { pointsToTool } from '../paths'
import type { BindingFact, ContractFact, Instant, ParityFact, PointFact, ToolFact } from '../picture'
import { findingOf, type Rule } from '../rule'
import { count, day, dayMs } from '../wording'

/**
 * Asked, or watched, the points do not decide as the contract says; or nobody has asked them lately.
 * Asking needs a contract in force with vectors: without one nothing is overdue, and only decisions that a point logged
 * itself can speak against it. A run dated in the future counts as none, and what was answered about another contract
 * is no answer about this one.
 * Depends on: the tool (name, application), its contract in force (digest, version, number of vectors), its active
 * bindings and the points on their paths (name, whether they can be asked), and what is known of how those points and
 * the application decide for the tool (latest finished run, contradicting decisions).
 */
export const parityBroken: Rule = {
  id: 'parity-broken',
  title: 'Points do not decide as the contract says',
  placedOn: ['tool'],
  severityByRisk: { low: 'medium', medium: 'high', high: 'high', critical: 'critical' },
  when: 'A point with an AuthZEN endpoint on the path of an active binding to the tool answered a decision vector of the contract in force otherwise than it expects, or was never asked about that contract, or longer ago than the limit (30 days, a setting); or a decision that a point on such a path or the application logged contradicts the contract. A contract without decision vectors asks nothing.',
  why: 'An attestation is a claim. Only the decisions themselves show that gateway and application hold the same limit.',
  fix: 'Mend the policy of the point that disagrees and run parity again; or correct the contract, if the point is right.',
  evaluate(subject, picture, { now, policy }) {
    const tool = picture.tools.get(subject.id)
    if (!tool) return []
    const contract = picture.contractInForce(tool.id)
    const broken = watchedPoints(tool, picture).flatMap(({ point, bindings, isOnPath }) => {
      const parity = picture.parityOf(point.id, tool.id)
      const asked = isOnPath && point.canBeAsked ? askedOf(point, parity, contract, now, policy) : null
      const flaws = [asked, loggedOf(point, parity)].filter((flaw) => flaw !== null)
      return flaws.length > 0 ? [{ flaws, bindings }] : []
    })
    if (broken.length === 0) return []
    const explanation = sayFirst(
      broken.flatMap(({ flaws }) => flaws),
      tool,
    )
    const bindings = [...new Set(broken.flatMap((one) => one.bindings))]
    return [findingOf(parityBroken, { subject, layer: enforcementLayer, bindings, explanation })]
  },
}

interface WatchedPoint {
  point: PointFact
  bindings: readonly BindingFact[]
  isOnPath: boolean
}

/** The points on the paths to the tool, and its application even where no path names it. */
function watchedPoints(tool: ToolFact, picture: IndexedPicture): WatchedPoint[] {
  const onPaths = pointsToTool(tool.id, picture, () => true).map((at) => ({ ...at, isOnPath: true }))
  const application = tool.applicationId === null ? undefined : picture.points.get(tool.applicationId)
  const bindings = picture.activeBindingsOfTool(tool.id)
  if (!application || bindings.length === 0 || onPaths.some(({ point }) => point === application)) return onPaths
  return [...onPaths, { point: application, bindings, isOnPath: false }]
}

/** In words what its answers say against the point, or that they are missing; null when there is nothing to say. */
function askedOf(
  point: PointFact,
  parity: ParityFact | null,
  contract: ContractFact | null,
  now: Instant,
  { parityWithinDays }: GapPolicy,
): string | null {
  if (!contract || contract.vectorCount === 0) return null
  const askedAt = parity?.askedAt ?? null
  if (!parity || askedAt === null || askedAt > now) return `${point.name} was never asked about the contract.`
  if (parity.digest !== contract.digest) {
    return `${point.name} was asked on ${day(askedAt)} about another contract than version ${contract.version}, which is in force.`
  }
  if (parity.disagreementCount > 0) {
    return `${point.name} disagrees with the contract on ${named(parity.disagreementCount, 'vector', parity.disagreements)}.`
  }
  if (now - askedAt <= parityWithinDays * dayMs) return null
  return `${point.name} was last asked on ${day(askedAt)}; it is due every ${count(parityWithinDays, 'day')}.`
}

/** In words which decisions of its own log contradict the contract, null when none does. */
function loggedOf(point: PointFact, parity: ParityFact | null): string | null {
  if (!parity || parity.contradictionCount === 0) return null
  const { contradictionCount, contradictions } = parity
  return `The log of ${point.name} contradicts the contract in ${named(contradictionCount, 'decision', contradictions)}.`
}

/** `2 vectors: "a": expected deny, answered allow; and 1 more`. */
function named(total: number, noun: string, first: readonly string[]): string {
  const rest = total - first.length
  const more = rest > 0 && first.length > 0 ? [`and ${rest.toLocaleString('en')} more`] : []
  // Each may be a sentence of its own; the one around them ends them all.
  const names = [...first.map((each) => each.replace(/\.$/, '')), ...more].join('; ')
  return names === '' ? count(total, noun) : `${count(total, noun)}: ${names}`
}

const flawsMax = 4

function sayFirst(flaws: readonly string[], tool: ToolFact): string {
  const rest = flaws.length - flawsMax
  const more = rest > 0 ? [`The same tool has ${count(rest, 'more finding')} of this kind.`] : []
  return [`Parity for ${tool.name}:`, ...flaws.slice(0, flawsMax), ...more].join(' ')
}
