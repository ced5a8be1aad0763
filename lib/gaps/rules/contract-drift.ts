import { enforcementLayer } from '@/lib/layers'
import type { GapPolicy } from '../model'
import { pointsToTool } from '../paths'
import type { AttestationFact, ContractFact, Instant } from '../picture'
import { findingOf, type Rule } from '../rule'
import { count, day, dayMs } from '../wording'

/**
 * A point is said to enforce the limits, and does not show that it means the limits in force: one finding per point.
 * Without a contract in force there is nothing to attest to: that is contract-missing's business.
 * Depends on: the tool (name), its contract in force (version, digest), its active bindings and where their paths say
 * `enforces`, those points (name), and the latest attestation of each for the tool.
 */
export const contractDrift: Rule = {
  id: 'contract-drift',
  title: 'A point does not attest the contract in force',
  placedOn: ['tool'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  when: 'A point that enforces on the path of an active binding to the tool has no attestation to the tool’s contract in force, or its latest one names another digest, or is older than the limit (90 days, a setting). An attestation dated in the future counts as none. One finding for each point.',
  why: 'Points drift apart in silence: one is deployed with the new policy, another stays behind. Digests say in one glance whether both hold the same one.',
  fix: 'Deploy the contract in force at this point and attest its digest, best from the deploy pipeline itself.',
  evaluate(subject, picture, { now, policy }) {
    const tool = picture.tools.get(subject.id)
    const contract = tool && picture.contractInForce(tool.id)
    if (!contract) return []
    return pointsToTool(tool.id, picture, ({ mode }) => mode === 'enforces').flatMap(({ point, bindings }) => {
      const drift = driftOf(picture.attestationOf(point.id, tool.id), contract, now, policy)
      if (!drift) return []
      const explanation = `${point.name} enforces the limits of ${tool.name} and ${drift} (${count(bindings.length, 'active binding')}).`
      return [findingOf(contractDrift, { subject, layer: enforcementLayer, pointId: point.id, bindings, explanation })]
    })
  },
}

/** In words what is wrong with the attestation, null when it holds. */
function driftOf(
  attestation: AttestationFact | null,
  contract: ContractFact,
  now: Instant,
  { attestWithinDays }: GapPolicy,
): string | null {
  if (!attestation || attestation.at > now)
    return `has never attested to a contract; version ${contract.version} is in force`
  if (attestation.digest !== contract.digest) {
    return `attests to version ${attestation.contractVersion} (${short(attestation.digest)}); version ${contract.version} (${short(contract.digest)}) is in force`
  }
  if (now - attestation.at <= attestWithinDays * dayMs) return null
  return `last attested to it on ${day(attestation.at)}; it is due every ${count(attestWithinDays, 'day')}`
}

const short = (digest: string) => digest.slice(0, 12)
