import type { Actor } from '@/lib/access/model'
import { mayRun } from '@/lib/access/permissions'
import { leadsGaps } from './may'
import type { ExceptionStanding } from './model'

/** An exception as far as decisions about it go. */
export interface StandingException {
  state: 'asked' | 'approved' | 'refused' | 'withdrawn'
  expires: Date
  /** The account that asked; null when it came with an import. */
  askedById: string | null
}

/** Where an exception stands at an instant: what was approved holds up to `expires`, and not at it. */
export function standingOf(
  { state, expires }: Pick<StandingException, 'state' | 'expires'>,
  now: Date,
): ExceptionStanding {
  if (state !== 'approved') return state
  return expires > now ? 'in_force' : 'expired'
}

const standingWords: Record<ExceptionStanding, string> = {
  asked: 'waiting for approval',
  in_force: 'in force',
  expired: 'expired',
  refused: 'refused',
  withdrawn: 'withdrawn',
}

/**
 * `true`, or why the actor may not approve or refuse it. An account belongs to one person at most, and a token acts for
 * its account: another account is another person.
 */
export function mayDecide(exception: StandingException, actor: Actor, now: Date): true | string {
  const verdict = mayRun('exceptions.approve', actor)
  if (verdict !== true) return verdict
  if (exception.askedById !== null && exception.askedById === actor.id)
    return 'You asked for this exception yourself: somebody else has to decide.'
  return inState(exception, ['asked'], now)
}

/** `true`, or why the actor may not take it back: who asked may, and who leads; also while it is in force. */
export function mayWithdraw(exception: StandingException, actor: Actor, now: Date): true | string {
  const verdict = mayRun('exceptions.withdraw', actor)
  if (verdict !== true) return verdict
  if (!leadsGaps(actor) && (exception.askedById === null || exception.askedById !== actor.id))
    return 'Only who asked for it, or a governance lead, can withdraw it.'
  return inState(exception, ['asked', 'in_force'], now)
}

function inState(exception: StandingException, states: readonly ExceptionStanding[], now: Date): true | string {
  const standing = standingOf(exception, now)
  return states.includes(standing) ? true : `It is ${standingWords[standing]} already.`
}

/** Whether a refusal is about who acts, and not about where the exception stands. */
export const isAboutActor = (exception: StandingException, now: Date, states: readonly ExceptionStanding[]): boolean =>
  states.includes(standingOf(exception, now))
