import type { RiskTier } from '@/lib/registry/model'
import type { CampaignKind, RemediationState, Standing } from '../model'

/** The kind of mail that tells somebody all that waits for them. */
export const digestKind = 'digest'

/** What is told once about a thing, besides items: its name in the record of what was told. */
export const newsKinds = [
  'may_contest',
  'contested',
  'contest_to_decide',
  'contest_upheld',
  'contest_overturned',
  'ownership_proposed',
  'second_look',
] as const
export type NewsKind = (typeof newsKinds)[number]

/** Something that happened since the last mail, to what somebody has decided, contested, leads or runs. */
export interface DigestNews {
  news: NewsKind
  subjectId: string
  /** What it is about, in words. */
  subject: string
  /** Who said what, or which team is meant. */
  said: string
  /** The item's id, the campaign's slug or the team's, whichever the page of it needs. */
  place: string
}

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
  news: DigestNews[]
}
