import type { Db } from './client'
import { type Sql, sql } from './sql'

/**
 * Whoever looks without seeing everything: of restricted agents and tools they know only those they have standing in
 * (docs/adr/023-restricted-things-are-another-view.md). Null for an account that belongs to no person.
 */
export interface Viewer {
  personId: string | null
}

/** Tables of which a viewer is shown a part: sight.shown in the migrations says which. */
export const partlyVisible = [
  'agent',
  'tool',
  'binding',
  'binding_search',
  'path_step',
  'delegation',
  'assignment',
  'assignment_deputy',
  'succession',
  'effective_owner',
  'cell_count',
  'gap',
  'gap_binding',
  'gap_event',
  'gap_comment',
  'gap_exception',
  'contract',
  'attestation',
  'parity_run',
  'parity_answer',
  'decision_sample',
  'import_run',
  'campaign',
  'campaign_stage',
  'campaign_template',
  'review_item',
  'item_reviewer',
  'review_decision',
  'review_challenge',
  'campaign_comment',
  'remediation',
  'remediation_event',
  'campaign_count',
  'reviewer_count',
  'decision_count',
  'certification_event',
  'audit_event',
  'audit_change',
  'audit_about',
  'audit_opening',
  'log_leaf',
  'export_schedule',
  'mail',
  'service_account',
] as const

/** Whether any agent or tool is restricted. Two looks at small indexes, each time anew, so that every instance knows at once. */
export async function isAnythingRestricted(db: Pick<Db, 'query'>): Promise<boolean> {
  const [row] = await db.query<{ restricted: boolean }>(sql`
    SELECT EXISTS (SELECT FROM agent WHERE restricted) OR EXISTS (SELECT FROM tool WHERE restricted) AS restricted`)
  return row?.restricted ?? false
}

/** Makes the rest of a transaction know who looks. */
export const enterSight = (viewer: Viewer): Sql =>
  sql`SELECT set_config('pentarch.viewer', ${viewer.personId ?? ''}::text, true)`

/** What tells the adapter of partial commands to look at everything, and to stop (lib/db/partial-command.ts). */
export const lookWhole = sql`SELECT set_config('pentarch.looks', 'whole', true)`
export const lookPartly = sql`SELECT set_config('pentarch.looks', 'partly', true)`

/**
 * Runs work of a command on everything, whoever asked for it: what follows from a change reaches what they do not see as
 * well. Nothing that it reads may be answered. When it throws, the transaction is over anyway.
 */
export async function seeingAll<Result>(db: Db, work: () => Promise<Result>): Promise<Result> {
  if (!db.isPartial) return await work()
  await db.execute(lookWhole)
  const result = await work()
  await db.execute(lookPartly)
  return result
}

/** Whether the text names a restricted thing that whoever asks may not know of. Asked inside of what is partial. */
export async function tellsHidden(db: Db, text: string): Promise<boolean> {
  const [row] = await db.query<{ tells: boolean }>(sql`SELECT sight.tells(${text}::text) AS tells`)
  return row?.tells ?? false
}
