import 'server-only'
import { sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { RemediationSource, RemediationState } from '../model'
import { keepDue } from './open-store'

/** Something that happens to a remediation; what is left out stays. */
export interface RemediationMove {
  id: string
  bindingId: string
  from: RemediationState
  to: RemediationState
  source: RemediationSource
  by: string
  note: string
  link?: string | undefined
  /** The time it is about. */
  aboutAt: Date
  assigneeId?: string | null
  dueAt?: Date
}

/**
 * Writes moves with their events, and the date that the bindings carry. The caller holds the lock of the estate, and
 * settles these bindings.
 */
export async function writeMoves(context: UseCaseContext, moves: readonly RemediationMove[]): Promise<void> {
  if (moves.length === 0) return
  const { db, now, newId } = context
  const records = moves.map(({ assigneeId, dueAt, link, ...move }) => ({
    ...move,
    event: newId(),
    link: link ?? null,
    assigns: assigneeId !== undefined,
    assignee: assigneeId ?? null,
    due: dueAt ?? null,
  }))
  await db.execute(sql`
    WITH m AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS m(id uuid, event uuid, "from" remediation_state,
        "to" remediation_state, source remediation_source, "by" text, note text, link text, "aboutAt" timestamptz,
        assigns boolean, assignee uuid, due timestamptz)
    ),
    moved AS (
      UPDATE remediation r SET state = m."to", version = r.version + 1, due_at = COALESCE(m.due, r.due_at),
        assignee_id = CASE WHEN m.assigns THEN m.assignee ELSE r.assignee_id END,
        verified_at = CASE WHEN m."to" <> 'verified' THEN NULL WHEN m."from" = 'verified' THEN r.verified_at ELSE ${now}::timestamptz END
      FROM m WHERE r.id = m.id
    )
    INSERT INTO remediation_event (id, remediation_id, from_state, to_state, source, by, note, link, about_at, received_at)
    SELECT m.event, m.id, m."from", m."to", m.source, m."by", m.note, m.link, m."aboutAt", ${now} FROM m`)
  await keepDue(db, [...new Set(moves.map(({ bindingId }) => bindingId))])
}
