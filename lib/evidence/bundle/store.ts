import { openedColumns } from '@/lib/audit/opening-store'
import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'
import { type PinnedBundle, pinnedBundleSchema } from './request'

/** A bundle that somebody asked for, as its audit event keeps it. */
export interface MadeBundle {
  id: string
  sequence: number
  madeAt: Date
  madeBy: string
  pinned: PinnedBundle
}

interface MadeRow extends Omit<MadeBundle, 'pinned'> {
  after: unknown
}

const { actorName } = openedColumns('e')

/** Bundles that were asked for, newest first, from before a sequence number; one by its id. */
export async function findBundles(
  db: Reader,
  { before = null, id = null, limit }: { before?: number | null; id?: string | null; limit: number },
): Promise<MadeBundle[]> {
  const rows = await db.query<MadeRow>(sql`
    SELECT e.subject_id AS id, e.sequence::float8, e.at AS "madeAt", ${actorName} AS "madeBy", e.after FROM audit_event e
    WHERE e.action = 'bundles.make' AND e.after IS NOT NULL AND (${id}::text IS NULL OR e.subject_id = ${id})
      AND (${before}::bigint IS NULL OR e.sequence < ${before}::bigint)
    ORDER BY e.sequence DESC LIMIT ${limit}`)
  return rows.map(({ after, ...row }) => ({ ...row, pinned: pinnedBundleSchema.parse(after) }))
}
