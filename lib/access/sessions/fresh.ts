import { DomainError } from '@/lib/use-cases/errors'
import type { Actor } from '../model'

/**
 * Makes sure that it is the person themselves who acts, and not somebody at their unlocked screen. Whoever signs in again
 * gets a session that is fresh, by whichever of their ways in.
 * @throws DomainError `reauthenticate` for a session whose person has not shown lately who they are.
 */
export function assertFresh(actor: Actor): void {
  if (actor.kind !== 'account' || actor.session?.isFresh) return
  throw new DomainError('reauthenticate', 'This asks you to show once more that it is you.')
}
