import { policyOf } from '@/lib/settings/store'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { isHeld, windowSeconds } from './departures'
import { countDepartures, insertDeparture, isWaiting, withdrawHeld } from './departures-store'

/** What became of somebody of whom the provider says that they have left: nothing, when the registry knew already. */
export type Departure = 'left' | 'held' | 'known'

/**
 * Decides whether somebody leaves at once or waits for a person's word, and notes it. Who leaves is for the caller to write.
 * Call under the estate lock, before the user is written: several that are sent at once are counted one by one.
 */
export async function noteDeparture(
  context: UseCaseContext,
  person: { id: string; status: string },
  kind: 'deactivated' | 'removed',
): Promise<Departure> {
  const { db, now, newId } = context
  if (person.status === 'left' || (await isWaiting(db, person.id))) return 'known'
  const { departed, active } = await countDepartures(db, new Date(now.getTime() - windowSeconds * 1000))
  const { provisioning } = await policyOf(db)
  const held = isHeld(departed, active + departed, provisioning.holdAfter)
  await insertDeparture(db, { id: newId(), personId: person.id, kind, state: held ? 'held' : 'applied', at: now })
  return held ? 'held' : 'left'
}

/** Notes that somebody is there again. @returns whether they had left, rather than waited to. */
export async function noteReturn(
  { db, now }: UseCaseContext,
  person: { id: string; status: string },
): Promise<boolean> {
  return !(await withdrawHeld(db, person.id, now)) && person.status === 'left'
}
