import type { Db } from '@/lib/db/client'
import { instantOf, wrongInstant } from '../instant'
import { assertKnown } from '../look-back'
import { beginningOf } from '../look-back-store'
import type { Span } from './difference-store'

/** How far apart the instants are when the earlier one is not named. */
const weekMs = 7 * 86_400_000

interface Asked {
  from?: string | undefined
  to?: string | undefined
}

/**
 * The two instants that are asked for: `to` is now unless it is named, `from` a week earlier, or when anything was first
 * recorded if that was later.
 * @throws DomainError invalid_input naming `from` or `to`: no instant, yet to come, before anything was recorded, or not
 * in this order.
 */
export async function spanOf(db: Db, asked: Asked, now: Date): Promise<Span> {
  const to = asked.to === undefined ? now : instantOf('to', asked.to, now)
  await assertKnown(db, to, now, 'to')
  const from = asked.from === undefined ? await aWeekBefore(db, to) : instantOf('from', asked.from, now)
  await assertKnown(db, from, now, 'from')
  if (from >= to) throw wrongInstant('from', 'It has to be earlier than the other instant.')
  return { from, to }
}

async function aWeekBefore(db: Db, to: Date): Promise<Date> {
  const beginning = await beginningOf(db)
  const earlier = new Date(to.getTime() - weekMs)
  return beginning !== null && beginning > earlier ? beginning : earlier
}
