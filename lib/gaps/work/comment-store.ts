import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { GapComment } from './model'

/** A page of what was said about a gap, the newest first. */
export async function findComments(
  db: Db,
  gapId: string,
  take: number,
  start: CursorKey | null,
): Promise<GapComment[]> {
  const after = start ? sql`(at, id) < (${start[0] ?? null}::timestamptz, ${start[1] ?? null}::uuid)` : sql`TRUE`
  const rows = await db.query<Omit<GapComment, 'at'> & { at: Date }>(sql`
    SELECT id, at, author_name AS author, text FROM gap_comment
    WHERE gap_id = ${gapId}::uuid AND ${after} ORDER BY at DESC, id DESC LIMIT ${take}`)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

export async function insertComment(context: UseCaseContext, gapId: string, text: string): Promise<GapComment> {
  const { db, actor, now, newId } = context
  const id = newId()
  await db.prisma.gapComment.create({
    data: { id, gapId, at: now, accountId: actor.id, authorName: actor.name, text },
  })
  return { id, at: now.toISOString(), author: actor.name, text }
}
