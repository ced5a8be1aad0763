import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'

/** The ids of the people with these external ids; who is not there is left out. */
export async function personIds(db: Reader, externalIds: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    sql`SELECT id::text FROM person WHERE external_id = ANY(${[...externalIds]}::text[])`,
  )
  return rows.map(({ id }) => id)
}
