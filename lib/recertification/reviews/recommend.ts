import { findRule } from '@/lib/gaps/rules'
import { count, dayMs } from '@/lib/gaps/wording'
import { entitlementLayer } from '@/lib/layers'
import type { Standing } from '../model'
import type { AccessPicture, OwnershipPicture, ReviewPicture } from '../picture'
import type { RecommendedVerdict } from './model'
import { isAccess } from './picture-kind'

export interface Reason {
  /** What it speaks for. */
  says: RecommendedVerdict
  text: string
}

export interface Recommendation {
  verdict: RecommendedVerdict
  /** At least one, what weighs most first. */
  reasons: Reason[]
}

/** How common it is among its like; what is counted differs by kind. */
export interface Peers {
  /** Other agents of the same sponsor, or other subjects of the same layer and scope. */
  alike: number
  /** Those of them that hold the same tool, or that the same team owns. */
  holding: number
}

export interface Evidence {
  picture: ReviewPicture
  /** When the picture was taken. */
  picturedAt: Date
  standing: Standing
  /** What changed since it was last certified, and since the picture was taken. */
  changes: readonly string[]
  later: readonly string[]
  /** Whether the sponsor, or the person who is accountable, has left. */
  hasLeft: boolean
  /** Null when there is nothing alike to compare with. */
  peers: Peers | null
}

/** Unused for so long, access is probably not needed. */
export const unusedDays = 90
const alikeMin = 4
const rareShare = 0.2
const commonShare = 0.5

const weight: Record<RecommendedVerdict, number> = { revoke: 0, look_closer: 1, certify: 2 }

const says = (verdict: RecommendedVerdict, text: string): Reason => ({ says: verdict, text })
const isGrave = (severity: string) => severity === 'high' || severity === 'critical'

/** What the facts speak for, with the reasons in words: the gravest of them decides. */
export function recommend(evidence: Evidence): Recommendation {
  const { picture } = evidence
  const own = isAccess(picture) ? aboutAccess(evidence, picture) : aboutOwnership(evidence, picture)
  const reasons = [...own, ...aboutGaps(picture), ...aboutPeers(evidence), ...aboutChange(evidence)].sort(
    (one, other) => weight[one.says] - weight[other.says],
  )
  const [first] = reasons
  return first
    ? { verdict: first.says, reasons }
    : { verdict: 'look_closer', reasons: [says('look_closer', 'Little is known about it')] }
}

function aboutAccess({ picturedAt, hasLeft }: Evidence, { facts, seen }: AccessPicture): Reason[] {
  const owner = facts.owners.find(({ layer }) => layer === entitlementLayer)
  const isOwned = owner?.status === 'owned' || owner?.status === 'unconfirmed'
  const isSponsored = facts.sponsor !== null && !hasLeft
  const reasons: Reason[] = []
  // Nobody who could say what it is for, and nothing written: nothing speaks for keeping it.
  const isForsaken = facts.intent === null && (!isOwned || !isSponsored)
  if (facts.intent === null) reasons.push(says(isForsaken ? 'revoke' : 'look_closer', 'Nobody approved what it is for'))
  if (!isOwned) {
    const text = owner?.team
      ? `${owner.team.name} can no longer answer for it`
      : 'Nobody answers for whether it is wanted'
    reasons.push(says(isForsaken ? 'revoke' : 'look_closer', text))
  }
  if (!isSponsored) {
    const text = facts.sponsor ? `The sponsor ${facts.sponsor.name} has left` : 'The agent has no sponsor'
    reasons.push(says(isForsaken ? 'revoke' : 'look_closer', text))
  }
  return [...reasons, ...aboutUse(seen.lastUsedAt, picturedAt)]
}

function aboutUse(lastUsedAt: string | null, picturedAt: Date): Reason[] {
  // The source cannot tell: that speaks neither for nor against.
  if (lastUsedAt === null) return []
  const days = Math.max(0, Math.floor((picturedAt.getTime() - Date.parse(lastUsedAt)) / dayMs))
  if (days >= unusedDays) return [says('revoke', `Not used for ${count(days, 'day')}`)]
  return [
    says('certify', days === 0 ? 'In use on the day of the picture' : `Used ${count(days, 'day')} before the picture`),
  ]
}

function aboutOwnership({ hasLeft }: Evidence, { facts, seen }: OwnershipPicture): Reason[] {
  const reasons: Reason[] = []
  if (hasLeft && facts.person) reasons.push(says('look_closer', `${facts.person.name}, who is accountable, has left`))
  if (!facts.person) reasons.push(says('look_closer', 'No person is accountable'))
  if (facts.state === 'proposed') reasons.push(says('look_closer', `${facts.team.name} has not accepted it`))
  if (seen.bindings === 0) reasons.push(says('look_closer', 'No active binding takes its owner from it'))
  else reasons.push(says('certify', `It supplies the owner of ${count(seen.bindings, 'active binding')}`))
  return reasons
}

function aboutGaps({ seen }: ReviewPicture): Reason[] {
  const grave = seen.gaps.filter(({ severity }) => isGrave(severity))
  if (grave.length > 0) {
    const titles = [...new Set(grave.map(({ rule }) => findRule(rule)?.title ?? rule))]
    return [says('look_closer', `Open gaps: ${titles.slice(0, 3).join('; ')}${titles.length > 3 ? ' and more' : ''}`)]
  }
  return seen.gapCount === 0 ? [says('certify', 'No open gap')] : []
}

function aboutPeers({ picture, peers }: Evidence): Reason[] {
  if (!peers || peers.alike < alikeMin) return []
  const share = peers.holding / peers.alike
  const some = peers.holding === 0 ? 'none' : peers.holding.toLocaleString('en')
  const text = isAccess(picture)
    ? `Of ${count(peers.alike, 'other agent')} of the same sponsor, ${some} hold${peers.holding === 1 ? 's' : ''} this tool`
    : `Of ${peers.alike.toLocaleString('en')} others of its kind, ${some} ${peers.holding === 1 ? 'is' : 'are'} owned by the same team`
  if (share >= commonShare) return [says('certify', text)]
  // Teams share a layer between them; that few others are in the same hands says little.
  return isAccess(picture) && share <= rareShare ? [says('look_closer', text)] : []
}

function aboutChange({ picture, standing, changes, later }: Evidence): Reason[] {
  const reasons = later.map((line) => says('look_closer', `Since the campaign started: ${line}`))
  if (standing === 'changed') {
    const lines = changes.length > 0 ? changes : ['something']
    reasons.push(...lines.map((line) => says('look_closer', `Since it was last certified: ${line}`)))
  }
  if (standing === 'unchanged') {
    const { certifiedBy } = picture.seen
    reasons.push(
      says(
        'certify',
        `Nothing has changed since ${certifiedBy ?? 'it was'}${certifiedBy ? ' certified it' : ' certified'}`,
      ),
    )
  }
  if (standing === 'new' && isAccess(picture) && isGrave(picture.facts.risk))
    reasons.push(says('look_closer', `Never certified before, at ${picture.facts.risk} risk`))
  return reasons
}
