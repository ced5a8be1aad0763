import 'server-only'
import { sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import type { GapState, GapSubject, Severity } from '../model'

/** A gap as far as work on it goes. */
export interface WorkedGap {
  id: string
  rule: string
  state: GapState
  severity: Severity
  version: number
  subject: GapSubject
  subjectSlug: string
  layer: string | null
  pointId: string | null
  openedAt: Date
  dueAt: Date | null
  assignee: { id: string; externalId: string; name: string } | null
}

/** The gaps with these ids, every one of them, with the estate locked by the caller. @throws DomainError `not_found`. */
export async function gapsToWorkOn({ db }: UseCaseContext, ids: readonly string[]): Promise<WorkedGap[]> {
  const rows = await db.prisma.gap.findMany({
    where: { id: { in: [...ids] } },
    include: { assignee: { select: { id: true, externalId: true, name: true } } },
  })
  const missing = ids.filter((id) => !rows.some((row) => row.id === id))
  if (missing.length > 0)
    throw new DomainError('not_found', `There is no gap ${missing[0]}; nothing was changed.`, {
      fields: missing.map((id) => ({ field: `ids[${ids.indexOf(id)}]`, message: 'There is no such gap' })),
    })
  return rows.map(({ subjectType, subjectId, ...row }) => ({ ...row, subject: { type: subjectType, id: subjectId } }))
}

/** Who touched a gap last, in words. */
export async function lastWorker({ db }: UseCaseContext, gapId: string): Promise<string | null> {
  const event = await db.prisma.gapEvent.findFirst({
    where: { gapId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { actor: true },
  })
  return event?.actor ?? null
}

/** What becomes of one gap; what is left out stays. */
export interface GapEdit {
  gap: WorkedGap
  state?: GapState
  assigneeId?: string | null
  due?: { at: Date | null; byHand: boolean }
  /** What the history says happened. */
  note: string | null
}

/** Writes edits of gaps with their history. */
export async function writeGapEdits(context: UseCaseContext, edits: readonly GapEdit[]): Promise<void> {
  const records = edits.map(({ gap, state, assigneeId, due, note }) => ({
    id: gap.id,
    event: context.newId(),
    from_state: gap.state,
    state: state ?? gap.state,
    assignee: assigneeId === undefined ? (gap.assignee?.id ?? null) : assigneeId,
    due_at: (due ? due.at : gap.dueAt)?.toISOString() ?? null,
    by_hand: due?.byHand ?? null,
    note,
  }))
  await context.db.execute(sql`
    WITH edit AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS e(
        id uuid, event uuid, from_state gap_state, state gap_state, assignee uuid, due_at timestamptz, by_hand boolean, note text)
    ),
    written AS (
      UPDATE gap g SET state = e.state, assignee_id = e.assignee, due_at = e.due_at,
        due_by_hand = COALESCE(e.by_hand, g.due_by_hand), version = g.version + 1
      FROM edit e WHERE e.id = g.id
    )
    INSERT INTO gap_event (id, gap_id, at, from_state, to_state, actor, note)
    SELECT event, id, ${context.now}, from_state, state, ${context.actor.name}, note FROM edit`)
}
