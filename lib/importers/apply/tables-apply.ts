import { writeChanges } from '@/lib/audit/change-store'
import type { AuditChange } from '@/lib/audit/model'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { Estate } from '../estate/model'
import type { ImportKind, Position } from '../model'
import { adjusted, type Facts } from './adjust'
import { type EntityPlan, planEntity } from './diff'
import { textAt } from './fields'
import { recordedChange } from './recorded'
import type { Retirement } from './retirements-apply'
import { loadRows, type RowToWrite, touchRows, writeManagers, writeRows } from './rows-store'
import type { EntityAt, Tally } from './tally'
import { defaultsOf, rowKeyOf, type TableCollection, wantedOf } from './wanted'

/**
 * Rows a statement: what is compared and written at a time, so that memory stays bounded however large the import.
 * Prisma keeps its last hundred debug entries, statements with their values among them; larger chunks would live on there.
 */
export const rowsPerStatement = 250

/** One import under way. */
export interface ImportRun {
  context: UseCaseContext
  kind: ImportKind
  estate: Estate
  facts: Facts
  tally: Tally
  /** The agents and tools that it makes retired, gathered on the way. */
  retirements: Retirement[]
  /** The bindings that it makes active, by id, and where each stands in the files. */
  activations: Map<string, Position>
  /** The audit event under which changes are recorded; null for a preview: everything is compared and nothing written. */
  eventId: string | null
}

/** Compares one collection of the estate with the registry, a chunk at a time, and writes what differs. Answers the ids of what it changed. */
export async function importCollection<C extends TableCollection>(run: ImportRun, collection: C): Promise<string[]> {
  const entities: readonly Estate[C][number][] = run.estate[collection]
  const changed: string[] = []
  const untouched: string[] = []
  const managers: { key: string; manager: string | null }[] = []
  for (let start = 0; start < entities.length; start += rowsPerStatement) {
    const chunk = await importChunk(run, collection, entities.slice(start, start + rowsPerStatement), start)
    for (const id of chunk.untouched) untouched.push(id)
    for (const row of chunk.rows) {
      changed.push(row.id)
      if (row.changed.includes('manager')) managers.push({ key: row.key, manager: textAt(row.fields, 'manager') })
    }
  }
  if (run.eventId !== null) {
    const { db, now } = run.context
    // A manager may stand further down in the file than those managed.
    await writeManagers(db, managers)
    await touchRows(db, collection, untouched, now)
  }
  return changed
}

async function importChunk<C extends TableCollection>(
  { context, kind, facts, tally, retirements, activations, eventId }: ImportRun,
  collection: C,
  entities: readonly Estate[C][number][],
  start: number,
): Promise<{ rows: RowToWrite[]; untouched: string[] }> {
  const { db, now, newId, actor } = context
  const keys = entities.map((entity) => rowKeyOf(collection, entity))
  const present = await loadRows(db, collection, keys)
  const rows: RowToWrite[] = []
  const untouched: string[] = []
  const recorded: AuditChange[] = []
  for (const [offset, entity] of entities.entries()) {
    const key = keys[offset] ?? ''
    const at = { collection, index: start + offset, key }
    const row = present.get(key)
    const { wanted, errors, notes, imposed } = adjusted(collection, wantedOf[collection](entity), row, facts)
    for (const { field, message } of errors) tally.error(at, field, message)
    for (const { field, message } of notes) tally.warn(at, field, message)
    const plan = planEntity(row, wanted, defaultsOf[collection], imposed)
    count(tally, at, plan)
    const changed = plan.changes.map(({ field }) => field)
    const id = row?.id ?? newId()
    if (plan.action === 'unchanged') untouched.push(id)
    else {
      rows.push({ id, isNew: !row, key, fields: plan.after, changed })
      recorded.push(recordedChange(collection, { id, key, isNew: !row }, plan.changes))
    }
    if (becomes(plan, 'lifecycle', 'retired')) retirements.push({ ...at, id })
    if (becomes(plan, 'state', 'active')) activations.set(id, tally.positionOf(at))
  }
  if (eventId !== null) {
    await writeRows(db, collection, rows, { kind, now, actor: actor.name })
    await writeChanges(db, eventId, recorded)
  }
  return { rows, untouched }
}

/** Whether an entity comes to a state by this import. Of all there is, only agents and tools retire and only bindings are `active` by state. */
const becomes = ({ after, changes }: EntityPlan, field: 'lifecycle' | 'state', state: string) =>
  after[field] === state && changes.some((change) => change.field === field)

function count(tally: Tally, at: EntityAt, { action, changes, conflicts }: EntityPlan): void {
  if (action === 'create') tally.created(at, changes)
  else if (action === 'update') tally.updated(at, changes)
  else tally.unchanged(at)
  if (conflicts.length > 0) {
    const fields = conflicts.map(({ field }) => field).join(', ')
    tally.conflict(at, conflicts, `${fields} was changed by hand and is kept; the source says otherwise`)
  }
}
