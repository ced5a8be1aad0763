import type { Db } from '@/lib/db/client'
import { join, type Sql, sql } from '@/lib/db/sql'
import type { ImportKind } from '../model'
import type { Column } from './columns-store'
import type { PresentRow } from './diff'
import type { Fields } from './fields'
import { isTracked, type Stamp, type Table, tables } from './tables-store'
import type { TableCollection } from './wanted'

/** An entity on its way into the database. `changed` names the fields that differ from what is there. */
export interface RowToWrite {
  id: string
  isNew: boolean
  key: string
  fields: Fields
  changed: readonly string[]
}

/** Whose import it is, and when. */
export interface ImportStamp {
  kind: ImportKind
  /** The name of who imports. */
  actor: string
  now: Date
}

interface LoadedRow {
  id: string
  key: string
  edited: string[]
  fields: Fields
}

const commas = (parts: Sql[]) => join(parts, ', ')

/** What the registry holds under these keys. */
export async function loadRows(db: Db, collection: TableCollection, keys: string[]): Promise<Map<string, PresentRow>> {
  const table = tables[collection]
  const fields = table.columns.flatMap(({ field, read }) => (read ? [sql`${field}::text, ${read}`] : []))
  const edited = isTracked(table) ? sql`t.edited_fields` : sql`'{}'::text[]`
  const rows = await db.query<LoadedRow>(sql`
    SELECT t.id::text, ${table.key} AS key, ${edited} AS edited, jsonb_build_object(${commas(fields)}) AS fields
    FROM ${table.name} t WHERE ${table.where ?? sql`TRUE`} AND ${table.near?.(keys) ?? sql`TRUE`} AND ${table.key} = ANY(${keys})`)
  return new Map(rows.map(({ id, key, edited: editedFields, fields: is }) => [key, { id, editedFields, fields: is }]))
}

function stampValue(stamp: Stamp, { kind, actor, now }: ImportStamp): Sql {
  if (stamp === 'source') return sql`${kind}::text`
  return stamp === 'by' || stamp === 'asked_by' ? sql`${actor}::text` : sql`${now}::timestamptz`
}

const stampColumns: Record<Stamp, Sql> = {
  source: sql`source`,
  last_seen_at: sql`last_seen_at`,
  created_at: sql`created_at`,
  updated_at: sql`updated_at`,
  received_at: sql`received_at`,
  decided_at: sql`decided_at`,
  by: sql`by`,
  asked_by: sql`asked_by`,
}

const restamps = ['last_seen_at', 'updated_at', 'decided_at'] as const satisfies readonly Stamp[]

/** What an update sets besides the fields: where a row first came from stays. */
function restamped({ name, stamps, counter }: Table): Sql[] {
  const renewed = restamps.filter((stamp) => stamps.includes(stamp)).map((stamp) => stampColumns[stamp])
  const sets = renewed.map((column) => sql`${column} = EXCLUDED.${column}`)
  return counter ? [...sets, sql`${counter} = ${name}.${counter} + 1`] : sets
}

const isStored = (column: Column): column is Column & { column: Sql } => column.column !== null

const incomingRows = (rows: readonly RowToWrite[]): Sql => {
  const json = JSON.stringify(rows.map(({ id, key, fields }) => ({ id, key, f: fields })))
  return sql`jsonb_to_recordset(${json}::jsonb) AS r(id uuid, key text, f jsonb)`
}

/** Creates and updates rows in one statement, then what belongs to them in other tables. */
export async function writeRows(
  db: Db,
  collection: TableCollection,
  rows: readonly RowToWrite[],
  stamp: ImportStamp,
): Promise<void> {
  if (rows.length === 0) return
  const table = tables[collection]
  const columns = table.columns.filter(isStored)
  const names = [...columns.map(({ column }) => column), ...table.stamps.map((name) => stampColumns[name])]
  const values = [...columns.map(({ write }) => write), ...table.stamps.map((name) => stampValue(name, stamp))]
  const updates = [...columns.map(({ column }) => sql`${column} = EXCLUDED.${column}`), ...restamped(table)]
  await db.execute(sql`
    INSERT INTO ${table.name} (id, ${commas(names)}) SELECT r.id, ${commas(values)} FROM ${incomingRows(rows)}
    ON CONFLICT (id) DO UPDATE SET ${commas(updates)}`)
  if (collection === 'teams')
    await writeMembers(
      db,
      rows.filter(({ changed }) => changed.includes('members')),
    )
  if (collection === 'bindings')
    await writePaths(
      db,
      rows.filter(({ changed }) => changed.includes('path')),
    )
  if (collection === 'bindings')
    await forgetCampaigns(
      db,
      rows.filter(({ isNew, changed }) => !isNew && changed.includes('certifiedAt')),
    )
  if (collection === 'parityRuns') await writeAnswers(db, rows)
}

async function writeMembers(db: Db, teams: readonly RowToWrite[]): Promise<void> {
  if (teams.length === 0) return
  await db.execute(sql`
    INSERT INTO membership (team_id, person_id, role)
    SELECT r.id, (SELECT p.id FROM person p WHERE p.external_id = m->>'person'), (m->>'role')::membership_role
    FROM ${incomingRows(teams)} CROSS JOIN jsonb_array_elements(r.f->'members') m
    ON CONFLICT (team_id, person_id) DO UPDATE SET role = EXCLUDED.role`)
}

async function writePaths(db: Db, bindings: readonly RowToWrite[]): Promise<void> {
  if (bindings.length === 0) return
  const replaced = bindings.flatMap(({ id, isNew }) => (isNew ? [] : [id]))
  if (replaced.length > 0) await db.execute(sql`DELETE FROM path_step WHERE binding_id = ANY(${replaced}::uuid[])`)
  await db.execute(sql`
    INSERT INTO path_step (binding_id, position, point_id, mode)
    SELECT r.id, s.position - 1, (SELECT x.id FROM enforcement_point x WHERE x.slug = s.step->>'point'), (s.step->>'mode')::path_mode
    FROM ${incomingRows(bindings)} CROSS JOIN jsonb_array_elements(r.f->'path') WITH ORDINALITY s(step, position)`)
}

/** A certification that the source knows of is not the one that a campaign gave, and what took that one away is past. */
async function forgetCampaigns(db: Db, bindings: readonly RowToWrite[]): Promise<void> {
  if (bindings.length === 0) return
  await db.execute(sql`
    UPDATE binding SET certified_item_id = NULL, certified_by = NULL, unanswered_at = NULL, unanswered_in = NULL,
      certification_lost_at = CASE WHEN certification_lost_at >= certified_at THEN certification_lost_at END
    WHERE id = ANY(${bindings.map(({ id }) => id)}::uuid[])`)
}

/** The answers of new runs; a run that is there is never written again. The vectors of a point are counted in their order. */
async function writeAnswers(db: Db, runs: readonly RowToWrite[]): Promise<void> {
  await db.execute(sql`
    INSERT INTO parity_answer (run_id, point_id, vector, vector_name, expected, decision, error)
    SELECT r.id, x.id, row_number() OVER (PARTITION BY r.id, x.id ORDER BY s.position) - 1, s.answer->>'vector',
      (s.answer->>'expected')::boolean, (s.answer->>'decision')::boolean, s.answer->>'error'
    FROM ${incomingRows(runs)} CROSS JOIN jsonb_array_elements(r.f->'answers') WITH ORDINALITY s(answer, position)
    JOIN enforcement_point x ON x.slug = s.answer->>'point'`)
}

/** Lets one contract of a tool come into force before the file says that the other is superseded; checked at the end. */
export async function deferContractsInForce(db: Db): Promise<void> {
  await db.execute(sql`SET CONSTRAINTS contract_one_in_force DEFERRED`)
}

/** Sets the managers of these people: after all of them are there, for each may manage another. */
export async function writeManagers(db: Db, people: readonly { key: string; manager: string | null }[]): Promise<void> {
  if (people.length === 0) return
  await db.execute(sql`
    UPDATE person SET manager_id = (SELECT m.id FROM person m WHERE m.external_id = r.manager)
    FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb) AS r(key text, manager text)
    WHERE person.external_id = r.key`)
}

/** Notes that a source has named these rows again, all in one statement: what watches the table runs once. */
export async function touchRows(db: Db, collection: TableCollection, ids: string[], now: Date): Promise<void> {
  const table = tables[collection]
  if (ids.length === 0 || !isTracked(table)) return
  await db.execute(sql`UPDATE ${table.name} SET last_seen_at = ${now} WHERE id = ANY(${ids}::uuid[])`)
}

/** Tells the planner how full the tables are by now; until then it would plan for those that it last saw. */
export async function analyze(db: Db, what: 'estate' | 'cells'): Promise<void> {
  await db.execute(
    what === 'estate' ? sql`ANALYZE agent, tool, binding, path_step, assignment` : sql`ANALYZE effective_owner`,
  )
}
