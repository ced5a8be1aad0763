import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

/** Since when history is kept: the first change in the audit log. Null when nothing has happened yet. */
export async function beginningOf(db: Db): Promise<Date | null> {
  const [first] = await db.query<{ at: Date }>(
    sql`SELECT recorded_at AS at FROM public.audit_event ORDER BY sequence LIMIT 1`,
  )
  return first?.at ?? null
}
