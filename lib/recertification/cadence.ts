import type { RiskTier } from '@/lib/registry/model'

/** What is known about the certification of a binding. Instants are milliseconds since 1970. */
export interface Certification {
  risk: RiskTier
  activeSince: number | null
  certifiedAt: number | null
  /** When something changed that took a certification away. */
  lostAt: number | null
}

/** Days for which a certification holds, by risk. */
export type CadenceDays = Record<RiskTier, number>

/**
 * How a binding stands: never certified since it became active; certified, and then something changed that took it away;
 * certified too long ago; or certified.
 */
export type CertificationStanding = 'never' | 'lost' | 'expired' | 'certified'

const dayMs = 86_400_000

/**
 * The last instant at which a binding counts as certified: the cadence of its risk after it was certified, or when
 * something took that away. Null when it was never certified since it became active.
 */
export function certifiedUntil(certification: Certification, cadenceDays: CadenceDays): number | null {
  const { certifiedAt, activeSince, lostAt, risk } = certification
  // A certification from before the access became active is none.
  if (certifiedAt === null || (activeSince !== null && certifiedAt < activeSince)) return null
  const end = certifiedAt + cadenceDays[risk] * dayMs
  return lostAt !== null && lostAt >= certifiedAt ? Math.min(end, lostAt) : end
}

/** How the certification of a binding stands at an instant. What was taken away stays so until it is certified again. */
export function certificationStanding(
  certification: Certification,
  cadenceDays: CadenceDays,
  now: number,
): CertificationStanding {
  const { certifiedAt, lostAt } = certification
  const until = certifiedUntil(certification, cadenceDays)
  if (until === null || certifiedAt === null) return 'never'
  if (lostAt !== null && lostAt >= certifiedAt) return 'lost'
  return now <= until ? 'certified' : 'expired'
}
