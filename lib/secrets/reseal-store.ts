import 'server-only'
import type { Database } from '@/lib/db/client'
import { recordFrom } from '@/lib/db/past'
import { identifier, sql } from '@/lib/db/sql'
import { type SealingKey, sealingKeys } from './keys'
import { isSealedWith, open, seal, UnsealError } from './seal'

/** Every column that holds sealed texts, and the one whose value each is sealed for. */
export const sealedColumns = [
  { table: 'enforcement_point', row: 'id', column: 'credential_sealed' },
  { table: 'event_stream', row: 'id', column: 'secret_sealed' },
  { table: 'export_schedule', row: 'id', column: 'secret_sealed' },
  { table: 'log_witness', row: 'id', column: 'credential_sealed' },
  { table: 'totp_secret', row: 'account_id', column: 'sealed' },
  { table: 'session', row: 'id', column: 'provider_tokens' },
  { table: 'account_link', row: 'hash', column: 'token_sealed' },
] as const

/** What became of the sealed texts of one column. */
export interface Resealed {
  column: string
  /** How many were sealed with an older key and are with the newest now. */
  resealed: number
  /** How many none of the keys opens any more. */
  unreadable: number
}

interface Kept {
  row: string
  sealed: string
}

/** Seals every stored secret with the newest key, so that the one before can be taken away. May be run again at any time. */
export async function resealAll(
  database: Database,
  now: Date,
  keys: [SealingKey, ...SealingKey[]] = sealingKeys(),
): Promise<Resealed[]> {
  const results: Resealed[] = []
  for (const { table, row, column } of sealedColumns) {
    const [name, id, text] = [table, row, column].map(identifier)
    if (!name || !id || !text) continue
    const kept = await database.query<Kept>(
      sql`SELECT ${id}::text AS row, ${text} AS sealed FROM ${name} WHERE ${text} IS NOT NULL ORDER BY ${id}`,
    )
    const result: Resealed = { column: `${table}.${column}`, resealed: 0, unreadable: 0 }
    for (const each of kept.filter(({ sealed }) => !isSealedWith(sealed, keys[0]))) {
      const next = resealed(each, keys)
      if (next === null) {
        result.unreadable += 1
        continue
      }
      await database.transaction(async (db) => {
        await db.query(recordFrom(now))
        // Unless somebody has set another one meanwhile, which is sealed with the newest key by itself.
        result.resealed += await db.execute(
          sql`UPDATE ${name} SET ${text} = ${next} WHERE ${id}::text = ${each.row} AND ${text} = ${each.sealed}`,
        )
      })
    }
    results.push(result)
  }
  return results
}

function resealed({ row, sealed }: Kept, keys: [SealingKey, ...SealingKey[]]): string | null {
  try {
    return seal(open(sealed, row, keys), row, keys)
  } catch (error) {
    if (error instanceof UnsealError) return null
    throw error
  }
}
