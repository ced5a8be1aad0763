import { type Estate, emptyEstate } from '@/lib/importers/estate/model'

const dayMs = 86_400_000

/** Whole days between two instants, rounded down, so that what lay in the past stays there. */
export function daysBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / dayMs)
}

/** The instant so many days earlier. */
export const daysBefore = (instant: Date, days: number): Date => new Date(instant.getTime() - days * dayMs)

/** The same estate, every instant in it moved by whole days. */
export function shiftEstate(estate: Estate, days: number): Estate {
  const moved = (instant: Date | undefined) => instant && new Date(instant.getTime() + days * dayMs)
  const movedSurely = (instant: Date) => new Date(instant.getTime() + days * dayMs)
  return {
    ...estate,
    agents: estate.agents.map(({ decisionLog, ...agent }) => ({
      ...agent,
      ...(decisionLog && { decisionLog: { ...decisionLog, lastSeen: moved(decisionLog.lastSeen) } }),
    })),
    bindings: estate.bindings.map(({ intent, allowlist, ...binding }) => ({
      ...binding,
      activeSince: moved(binding.activeSince),
      certifiedAt: moved(binding.certifiedAt),
      ...(intent && { intent: { ...intent, approvedAt: moved(intent.approvedAt) } }),
      ...(allowlist && { allowlist: { ...allowlist, reviewedAt: moved(allowlist.reviewedAt) } }),
    })),
    owners: estate.owners.map((owner) => ({ ...owner, since: moved(owner.since) })),
    contracts: estate.contracts.map(({ signedOffBy, ...contract }) => ({
      ...contract,
      ...(signedOffBy && { signedOffBy: { ...signedOffBy, at: moved(signedOffBy.at) } }),
    })),
    attestations: estate.attestations.map((attestation) => ({ ...attestation, at: movedSurely(attestation.at) })),
    exceptions: estate.exceptions.map((exception) => ({ ...exception, expires: movedSurely(exception.expires) })),
  }
}

/**
 * What the same files would have said at an earlier instant: owners who were named since are not in them, and decision
 * logs were last seen no later.
 */
export const estateAt = (estate: Estate, instant: Date): Estate => ({
  ...estate,
  agents: estate.agents.map(({ decisionLog, ...agent }) => ({
    ...agent,
    ...(decisionLog && {
      decisionLog: { ...decisionLog, ...(isAfter(decisionLog.lastSeen, instant) && { lastSeen: instant }) },
    }),
  })),
  owners: estate.owners.filter(({ since }) => !isAfter(since, instant)),
})

/** What the files say that they would not have said at that instant: owners named since, and agents whose log was seen since. */
export const estateSince = (estate: Estate, instant: Date): Estate => ({
  ...emptyEstate(),
  agents: estate.agents.filter(({ decisionLog }) => isAfter(decisionLog?.lastSeen, instant)),
  owners: estate.owners.filter(({ since }) => isAfter(since, instant)),
})

const isAfter = (at: Date | undefined, instant: Date) => at !== undefined && at > instant
