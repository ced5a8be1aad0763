const dayMs = 86_400_000

/** How what a point attests to compares with the contract in force. */
export const attestedStatuses = ['match', 'mismatch', 'stale', 'none'] as const
export type AttestedStatus = (typeof attestedStatuses)[number]

/** Compares a point's latest attestation with the digest in force. Another digest is the graver of two faults. */
export function attestedStatus(
  attestation: { digest: string; at: number } | null,
  digestInForce: string | null,
  now: number,
  attestWithinDays: number,
): AttestedStatus {
  if (!attestation) return 'none'
  if (attestation.digest !== digestInForce) return 'mismatch'
  return now - attestation.at > attestWithinDays * dayMs ? 'stale' : 'match'
}
