import type { RiskTier } from '@/lib/registry/model'
import type { CampaignKind, RemediationState, Standing } from '../model'

/** The kind of mail that tells somebody all that waits for them. */
export const digestKind = 'digest'

/** What is told once about a thing, besides items: its name in the record of what was told. */
export const newsKinds = ['remediation_assigned', 'remediation_late'] as const
export type NewsKind = (typeof newsKinds)[number]

/** So many items of a campaign stand in a mail; the rest is a number and a link. */
export const itemsShownMax = 6

export interface DigestItem {
  id: string
  subject: string
  risk: RiskTier
  standing: Standing
  /** Name of the one they stand in for; null for their own. */
  for: string | null
  secondLook: string | null
}

/** What one campaign asks somebody. */
export interface DigestCampaign {
  id: string
  slug: string
  name: string
  kind: CampaignKind
  ownerName: string
  /** The last day to answer. */
  dueOn: string
  open: number
  items: DigestItem[]
}

export interface DigestRemediation {
  id: string
  binding: string
  state: RemediationState
  dueAt: Date
  isLate: boolean
}

/** All that waits for somebody at the time it is sent. */
export interface Digest {
  person: { id: string; name: string; address: string | null }
  /** Today, where they are. */
  today: string
  campaigns: DigestCampaign[]
  remediations: DigestRemediation[]
}
