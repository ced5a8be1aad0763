import type { Actor } from '@/lib/access/model'
import { mayRun, type PermissionName } from '@/lib/access/permissions'
import type { CampaignState } from '../model'
import { type CampaignEvent, nextCampaignState } from '../states'

type Verdict = true | string

/** Only what nobody has been asked about yet can be changed or thrown away. */
const beforeLaunch = (state: CampaignState): Verdict =>
  state === 'draft' || state === 'scheduled'
    ? true
    : 'It was launched: what it asks about stands. Extend, stop or close it instead.'

const follows = (state: CampaignState, event: CampaignEvent): Verdict => nextCampaignState(state, event).refusal ?? true

/** What may be done with a campaign before it runs, by its state alone: `true`, or why not. */
export const standing = {
  edit: beforeLaunch,
  discard: beforeLaunch,
  schedule: (state: CampaignState) => follows(state, { type: 'schedule' }),
  unschedule: (state: CampaignState) => follows(state, { type: 'unschedule' }),
  start: (state: CampaignState) => follows(state, { type: 'start' }),
}
export type EarlyMove = keyof typeof standing

const operations: Record<EarlyMove, PermissionName> = {
  edit: 'campaigns.update',
  discard: 'campaigns.discard',
  schedule: 'campaigns.schedule',
  unschedule: 'campaigns.schedule',
  start: 'campaigns.start',
}

/** What this actor may do with a campaign before it runs, each `true` or the reason why not. */
export function earlyMoves(state: CampaignState, actor: Actor): Record<EarlyMove | 'comment', Verdict> {
  const verdictOn = (move: EarlyMove): Verdict => {
    const allowed = mayRun(operations[move], actor)
    return allowed === true ? standing[move](state) : allowed
  }
  return {
    edit: verdictOn('edit'),
    discard: verdictOn('discard'),
    schedule: verdictOn('schedule'),
    unschedule: verdictOn('unschedule'),
    start: verdictOn('start'),
    comment: mayRun('campaigns.comment', actor),
  }
}
