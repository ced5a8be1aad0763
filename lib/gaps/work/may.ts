import type { Actor } from '@/lib/access/model'
import { mayRun } from '@/lib/access/permissions'

const leads: readonly Actor['role'][] = ['admin', 'governance_lead']

/** Whether the actor decides about gaps whoever they belong to. */
export const leadsGaps = ({ kind, role }: Actor): boolean => kind === 'system' || leads.includes(role)

/** Whether the actor may ask for any exception; others ask for what is their own business. */
export const asksFreely = (actor: Actor): boolean => leadsGaps(actor) || actor.role === 'engineer'

const notTheirs =
  'Only a governance lead, who it is assigned to, or a member of a team that owns what it affects can do this.'

/** What an actor may do with one gap. `standing`: it is assigned to them, or a team of theirs owns what it affects. */
export function mayWorkOn(actor: Actor, standing: boolean) {
  const within = (name: 'gaps.transition' | 'gaps.assign') => {
    const verdict = mayRun(name, actor)
    return verdict === true && !leadsGaps(actor) && !standing ? notTheirs : verdict
  }
  const assign = mayRun('gaps.assign', actor)
  const ask = mayRun('exceptions.ask', actor)
  return {
    /** Acknowledge, remediate, reopen. */
    work: within('gaps.transition'),
    /** Take it on or give it back, for themself. */
    take: actor.personId === null ? 'Your account belongs to no person of the registry.' : within('gaps.assign'),
    /** Give it to anybody, and move its date. */
    assign: assign === true && !leadsGaps(actor) ? 'Only a governance lead can assign a gap to somebody else.' : assign,
    comment: mayRun('gaps.comment', actor),
    ask: ask === true && !asksFreely(actor) && !standing ? notTheirs : ask,
  }
}
