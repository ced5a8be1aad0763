import { writeChanges } from '@/lib/audit/change-store'
import type { AuditChange, Json } from '@/lib/audit/model'
import type { AssignmentState } from '@/lib/ownership/model'
import type { Estate } from '../estate/model'
import { keyOf } from '../keys'
import type { FieldChange } from './diff'
import { dayOf, type OwnerDraft, type OwnerPlan, type PastOwner, planOwner } from './owner-plan'
import {
  decideOwners,
  endOwners,
  insertOwners,
  type OwnerToWrite,
  ownerHistories,
  replaceDeputies,
} from './owners-store'
import { recordedChange } from './recorded'
import { type ImportRun, rowsPerStatement } from './tables-apply'
import type { EntityAt, Tally } from './tally'

type Owner = Estate['owners'][number]

/** What a chunk of owners comes to. */
interface Writes {
  recorded: AuditChange[]
  ends: { id: string; at: Date }[]
  decisions: { id: string; state: AssignmentState; at: Date }[]
  inserts: OwnerToWrite[]
  deputies: { id: string; people: readonly string[] }[]
}

/** Compares the owners of the estate with who owns it now, and writes what differs. Answers the ids of the assignments it changed. */
export async function importOwners(run: ImportRun): Promise<string[]> {
  const changed: string[] = []
  for (let start = 0; start < run.estate.owners.length; start += rowsPerStatement) {
    const owners = run.estate.owners.slice(start, start + rowsPerStatement)
    const writes = await planChunk(run, owners, start)
    for (const { id } of [...writes.ends, ...writes.decisions, ...writes.inserts]) changed.push(id)
    if (run.eventId !== null) {
      await write(run, writes)
      await writeChanges(run.context.db, run.eventId, writes.recorded)
    }
  }
  return changed
}

async function planChunk(run: ImportRun, owners: readonly Owner[], start: number): Promise<Writes> {
  const { context, kind, tally } = run
  const histories = await ownerHistories(context.db, owners)
  const writes: Writes = { recorded: [], ends: [], decisions: [], inserts: [], deputies: [] }
  for (const [offset, owner] of owners.entries()) {
    const key = keyOf.owners(owner)
    const plan = planOwner(owner, histories.get(key) ?? [], { now: context.now, kind })
    const at = { collection: 'owners', index: start + offset, key } as const
    count(tally, at, owner, plan)
    const record = (id: string, isNew: boolean, changes: readonly FieldChange[]) =>
      writes.recorded.push(recordedChange('owners', { id, key, isNew }, changes))
    if (plan.action === 'decide' || plan.action === 'deputise') record(plan.present.id, false, changesOf(plan))
    if (plan.action === 'decide') writes.decisions.push({ id: plan.present.id, state: plan.state, at: plan.at })
    if (plan.action === 'deputise') writes.deputies.push({ id: plan.present.id, people: plan.deputies })
    if (plan.action === 'decide' && owner.deputies)
      writes.deputies.push({ id: plan.present.id, people: owner.deputies })
    if (plan.action !== 'create') continue
    const { draft, replaces, endsAt } = plan
    if (draft.validFrom > context.now)
      tally.warn(at, 'since', `${draft.team} counts as owner from ${dayOf(draft.validFrom)} on`)
    if (replaces) {
      writes.ends.push({ id: replaces.id, at: endsAt })
      record(replaces.id, false, [{ field: 'state', from: replaces.state, to: 'ended' }])
    }
    const id = context.newId()
    record(id, true, changesBetween(null, draft))
    writes.inserts.push({ id, owner, draft, replacesId: replaces?.id ?? null })
    if (owner.deputies?.length) writes.deputies.push({ id, people: owner.deputies })
  }
  return writes
}

function count(tally: Tally, at: EntityAt, owner: Owner, plan: OwnerPlan): void {
  switch (plan.action) {
    case 'unchanged':
      tally.unchanged(at)
      break
    case 'conflict':
      tally.unchanged(at)
      tally.conflict(at, changesBetween(plan.present, { ...owner, person: owner.person ?? null }), plan.message)
      break
    case 'decide':
    case 'deputise':
      tally.updated(at, changesOf(plan))
      break
    case 'create':
      if (plan.replaces) tally.updated(at, changesBetween(plan.replaces, plan.draft))
      else tally.created(at, changesBetween(null, plan.draft))
      break
  }
}

/** What moves on in an assignment that stays. */
function changesOf(plan: Extract<OwnerPlan, { action: 'decide' | 'deputise' }>): FieldChange[] {
  if (plan.action === 'decide') return changesBetween(plan.present, { ...plan.present, state: plan.state })
  return [{ field: 'deputies', from: [...plan.present.deputies], to: [...plan.deputies] }]
}

function changesBetween(from: PastOwner | null, to: Pick<OwnerDraft, 'team' | 'person' | 'state'>): FieldChange[] {
  return (['team', 'person', 'state'] as const).flatMap((field): FieldChange[] => {
    const was: Json = from?.[field] ?? null
    return was === to[field] ? [] : [{ field, from: was, to: to[field] }]
  })
}

async function write({ context, kind }: ImportRun, { ends, decisions, inserts, deputies }: Writes): Promise<void> {
  const { db, actor, now } = context
  const stamp = { kind, setBy: actor.name, decidedBy: kind === 'estate' ? 'estate file' : kind }
  // The old owners end first: no two may hold the same layer at one time.
  await endOwners(db, ends, now)
  await decideOwners(db, decisions, stamp)
  await insertOwners(db, inserts, stamp)
  await replaceDeputies(db, deputies)
}
