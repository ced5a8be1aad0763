import type { Database, Db } from '@/lib/db/client'
import { DomainError } from '@/lib/use-cases/errors'
import { beginningOf } from './look-back-store'
import { asOfParameter } from './model'

/**
 * Refuses an instant of which nothing can be shown, under the name that the request gives it.
 * @throws DomainError invalid_input for an instant that is yet to come, or before anything was recorded.
 */
export async function assertKnown(db: Db, asOf: Date, now: Date, field: string = asOfParameter): Promise<void> {
  const refuse = (message: string) => {
    throw new DomainError('invalid_input', message, { fields: [{ field, message }] })
  }
  if (asOf > now) refuse('The future is not known. Give an instant that is past.')
  const beginning = await beginningOf(db)
  if (beginning === null) refuse('Nothing has been recorded yet.')
  else if (asOf < beginning) refuse(`Nothing was recorded before ${beginning.toISOString()}. Give a later instant.`)
}

/** Runs `work`, which only reads, on the registry as it was at an instant. */
export async function lookBack<Result>(
  database: Database,
  asOf: Date,
  now: Date,
  work: (db: Db) => Promise<Result>,
): Promise<Result> {
  await assertKnown(database, asOf, now)
  return await database.past(asOf, work)
}
