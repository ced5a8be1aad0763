import type { CampaignState, ItemState, Outcome, RemediationState } from './model'

/**
 * The state machines of recertification, as pure functions: state and event in, next state or the refusal in words out.
 * Nothing else decides what may follow what; the stores only write what comes out of here.
 */
export type Next<State> = { state: State; refusal?: undefined } | { state?: undefined; refusal: string }

const to = <State>(state: State): Next<State> => ({ state })
const no = (refusal: string): { refusal: string } => ({ refusal })

const campaignWords: Record<CampaignState, string> = {
  draft: 'a draft',
  scheduled: 'scheduled',
  launching: 'being launched',
  running: 'running',
  settled: 'over, and waits to be closed',
  closing: 'being closed',
  closed: 'closed',
  stopped: 'stopped',
}

export type CampaignEvent =
  | { type: 'schedule' | 'unschedule' | 'start' | 'launched' | 'give_up' | 'stop' | 'close' | 'applied' }
  | { type: 'stage_ended'; isLast: boolean }

/** Where a campaign goes. `close` needs that no challenge is open: the caller looks, for that is about its items. */
export function nextCampaignState(state: CampaignState, event: CampaignEvent): Next<CampaignState> {
  const is = (...states: CampaignState[]) => states.includes(state)
  switch (event.type) {
    case 'schedule':
      if (is('draft', 'scheduled')) return to('scheduled')
      break
    case 'unschedule':
      if (is('scheduled')) return to('draft')
      break
    case 'start':
      if (is('draft', 'scheduled')) return to('launching')
      break
    case 'launched':
      if (is('launching')) return to('running')
      break
    case 'give_up':
      if (is('launching')) return to('draft')
      break
    case 'stage_ended':
      if (is('running')) return to(event.isLast ? 'settled' : 'running')
      break
    case 'stop':
      if (is('launching', 'running', 'settled')) return to('stopped')
      break
    case 'close':
      if (is('settled')) return to('closing')
      break
    case 'applied':
      if (is('closing')) return to('closed')
      break
  }
  return no(`The campaign is ${campaignWords[state]}.`)
}

const itemWords: Record<ItemState, string> = {
  open: 'not answered yet',
  answered: 'answered already',
  settled: 'decided for good: its last stage is over',
  contested: 'contested, and waits for the campaign lead',
  applied: 'applied already',
  withdrawn: 'not asked about any more',
}

export interface ItemPosition {
  state: ItemState
  stage: number
  outcome: Outcome | null
}

export type ItemEvent =
  | { type: 'undo' | 'send_back' | 'contest' | 'uphold' | 'overturn' | 'apply' | 'withdraw' }
  | { type: 'answer'; outcome: 'certify' | 'reassign' | 'revoke' }
  /** `next` is what the following stage takes, null when there is none; `unanswered` what silence comes to at the end. */
  | { type: 'stage_ended'; next: readonly Outcome[] | null; unanswered: 'no_response' | 'revoke' }

/** Where an item goes: its state, the stage it is in, and its outcome so far. */
export function nextItemPosition(item: ItemPosition, event: ItemEvent): Next<ItemPosition> {
  const is = (...states: ItemState[]) => states.includes(item.state)
  const moved = (change: Partial<ItemPosition>) => to({ ...item, ...change })
  switch (event.type) {
    case 'answer':
      if (is('open')) return moved({ state: 'answered', outcome: event.outcome })
      break
    case 'undo':
    case 'send_back':
      if (is('answered')) return moved({ state: 'open', outcome: null })
      break
    case 'stage_ended': {
      if (!is('open', 'answered')) break
      const outcome = item.state === 'answered' && item.outcome !== null ? item.outcome : 'no_response'
      if (event.next?.includes(outcome)) return to({ state: 'open', stage: item.stage + 1, outcome: null })
      const isSilence = outcome === 'no_response'
      return moved({ state: 'settled', outcome: isSilence ? event.unanswered : outcome })
    }
    case 'contest':
      if (is('settled') && item.outcome === 'revoke') return moved({ state: 'contested' })
      if (is('settled')) return no('Only a revocation can be contested.')
      break
    case 'uphold':
      if (is('contested')) return moved({ state: 'settled' })
      break
    case 'overturn':
      if (is('contested')) return moved({ state: 'settled', outcome: 'certify' })
      break
    case 'apply':
      if (is('settled')) return moved({ state: 'applied' })
      break
    case 'withdraw':
      if (is('open', 'answered', 'settled', 'contested')) return moved({ state: 'withdrawn', outcome: item.outcome })
      break
  }
  return no(`It is ${itemWords[item.state]}.`)
}

const remediationWords: Record<RemediationState, string> = {
  open: 'open',
  evidenced: 'answered by evidence, which the next import or decision log verifies',
  verified: 'verified',
  reopened: 'open again',
  cancelled: 'cancelled',
}

export type RemediationEventType = 'evidence' | 'seen_gone' | 'seen_back' | 'cancel'

/** Where a remediation goes. Evidence is somebody's word; an import or a decision log verifies it, or shows the access to be back. */
export function nextRemediationState(state: RemediationState, event: RemediationEventType): Next<RemediationState> {
  const refused = no(`The remediation is ${remediationWords[state]}.`)
  if (state === 'cancelled') return refused
  switch (event) {
    case 'evidence':
      return state === 'open' || state === 'reopened' ? to('evidenced') : refused
    case 'seen_gone':
      return state === 'verified' ? refused : to('verified')
    case 'seen_back':
      return state === 'open' || state === 'reopened' ? refused : to('reopened')
    case 'cancel':
      return to('cancelled')
  }
}

/** Whether the access may still be there: what makes a remediation late once its day is over. */
export const isOutstanding = (state: RemediationState): boolean => state === 'open' || state === 'reopened'
