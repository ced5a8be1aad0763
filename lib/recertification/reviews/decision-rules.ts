import type { RiskTier } from '@/lib/registry/model'
import type { ProblemCode } from '@/lib/use-cases/errors'
import type { CampaignState, ItemReviewerState, ItemState, Verdict } from '../model'
import { type ItemPosition, nextItemPosition } from '../states'
import type { AskedDecision } from './model'

/** What a decision is looked at against. */
export interface Deciding {
  item: {
    subject: string
    risk: RiskTier
    state: ItemState
    stage: number
    outcome: ItemPosition['outcome']
    accountableId: string | null
    teamId: string | null
    wasDeferred: boolean
  }
  campaign: {
    name: string
    state: CampaignState
    stage: number
    selfReview: boolean
    /** Who ended it or its stage and when, in words; null when it runs. */
    over: string | null
  }
  /** The stage's days: today where the reviewer is, and the last on which it can be answered. */
  today: string
  dueOn: string
  /** Why the reviewer is asked, in the present stage or an earlier one; null when they are not. */
  asked: { stage: number; state: ItemReviewerState; note: string | null } | null
  personId: string
  /** The answer that stands, when there is one. */
  answeredBy: { name: string; at: string } | null
  /** What `toTeam` and `toPerson` name; null when there is no such thing. */
  team: { id: string; name: string; isActive: boolean } | null
  person: { name: string; isActive: boolean } | null
}

/** Why a decision is refused: the field of it that is wrong, if one is. */
export interface Refusal {
  code: ProblemCode
  field: keyof AskedDecision
  message: string
}

const alwaysCommented: readonly Verdict[] = ['revoke', 'reassign', 'not_mine']

/** Whether a verdict on something of this risk needs a comment of its own. */
export const commentNeeded = (verdict: Verdict, risk: RiskTier): boolean =>
  alwaysCommented.includes(verdict) || (verdict !== 'defer' && (risk === 'high' || risk === 'critical'))

const isAnswer = (verdict: Verdict) => verdict !== 'not_mine' && verdict !== 'defer'

/** Why a decision cannot be taken, or null when it can. */
export function refuseDecision(decision: AskedDecision, deciding: Deciding): Refusal | null {
  return refuseStanding(decision, deciding) ?? refuseContent(decision, deciding)
}

/** Whether this reviewer may say anything about the item now. */
function refuseStanding({ verdict }: AskedDecision, deciding: Deciding): Refusal | null {
  const { item, campaign, asked, personId, answeredBy } = deciding
  const no = (code: ProblemCode, message: string): Refusal => ({ code, field: 'item', message })
  if (!asked) return no('not_found', 'You are not asked about any such item.')
  if (campaign.over) return no('wrong_state', campaign.over)
  if (item.state === 'withdrawn') return no('wrong_state', `${item.subject} is not asked about any more.`)
  if (asked.stage < item.stage)
    return no('wrong_state', `The stage in which you were asked about ${item.subject} is over.`)
  if (item.state === 'answered' && answeredBy)
    return no('conflict', `${answeredBy.name} answered ${item.subject} at ${answeredBy.at}.`)
  if (asked.state === 'passed_on')
    return no('wrong_state', `${item.subject} was passed on by you: ${asked.note ?? 'no reason given'}.`)
  if (asked.state !== 'open') return no('wrong_state', `You are not asked about ${item.subject} any more.`)
  const next = isAnswer(verdict)
    ? nextItemPosition(item, {
        type: 'answer',
        outcome: verdict === 'reassign' || verdict === 'revoke' ? verdict : 'certify',
      })
    : item.state === 'open'
      ? null
      : { refusal: `It is ${item.state}.` }
  if (next?.refusal) return no('wrong_state', `${item.subject}: ${next.refusal}`)
  if (isAnswer(verdict) && item.accountableId === personId && !campaign.selfReview)
    return no(
      'refused',
      `You answer for ${item.subject} yourself, so somebody else reviews it; say that it is not yours.`,
    )
  return null
}

/** Whether what is said is complete and fits the item. */
function refuseContent(decision: AskedDecision, deciding: Deciding): Refusal | null {
  const { verdict, comment } = decision
  const no = (field: keyof AskedDecision, message: string, code: ProblemCode = 'invalid_input'): Refusal => ({
    code,
    field,
    message,
  })
  if (!comment && commentNeeded(verdict, deciding.item.risk)) {
    const why = alwaysCommented.includes(verdict)
      ? 'Say why in a comment'
      : `At ${deciding.item.risk} risk every decision needs a comment of its own`
    return no('comment', why)
  }
  if (verdict !== 'reassign' && (decision.toTeam ?? decision.toPerson) !== undefined)
    return no(decision.toTeam ? 'toTeam' : 'toPerson', 'Only for reassign')
  if (verdict !== 'defer' && decision.deferUntil !== undefined) return no('deferUntil', 'Only for defer')
  if (verdict === 'reassign') return refuseTarget(decision, deciding, no)
  if (verdict === 'defer') return refuseDeferral(decision, deciding, no)
  return null
}

type Say = (field: keyof AskedDecision, message: string, code?: ProblemCode) => Refusal

function refuseTarget({ toTeam, toPerson }: AskedDecision, { item, team, person }: Deciding, no: Say): Refusal | null {
  if (toTeam === undefined) return no('toTeam', 'Name the team that is to take it')
  if (!team) return no('toTeam', `There is no team "${toTeam}"`)
  if (!team.isActive) return no('toTeam', `${team.name} is dissolved; choose a team that is still here`)
  if (team.id === item.teamId) return no('toTeam', `${team.name} has it already`)
  if (toPerson !== undefined && !person) return no('toPerson', `There is no person "${toPerson}"`)
  if (person && !person.isActive) return no('toPerson', `${person.name} has left; choose somebody who is still here`)
  return null
}

function refuseDeferral({ deferUntil }: AskedDecision, { item, today, dueOn }: Deciding, no: Say): Refusal | null {
  if (item.wasDeferred) return no('item', `${item.subject} was deferred once already`, 'refused')
  if (deferUntil === undefined) return no('deferUntil', 'Choose the day on which it comes back')
  if (deferUntil <= today) return no('deferUntil', 'Choose a day after today')
  if (deferUntil > dueOn) return no('deferUntil', `Choose a day until ${dueOn}, when the stage ends`)
  return null
}
