import 'server-only'
import type { EstateChange } from '@/lib/estate/settle'
import type { MovedOwners } from '@/lib/ownership/store'
import { policyOf } from '@/lib/settings/store'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { changesBetween, type GapChange, type GapRow } from './diff'
import { evaluateAll, evaluateSubjects } from './evaluate'
import type { GapTransition } from './lifecycle'
import type { Finding, RuleContext } from './model'
import { keptGaps, writeGapChanges } from './store/kept-gaps'
import { loadPicture, loadPictureAround } from './store/load-picture'
import { type TouchedScopes, touchedBy } from './store/touched'

/** How many gaps an evaluation changed, by what happened to them. */
export type GapTally = Record<GapTransition['kind'], number>

/** From here on, finding out what to leave out costs more than evaluating everything. */
const subjectsMax = 2000
/** Prisma keeps its last hundred debug entries, statements with their values among them; larger ones would live on there. */
const changesPerStatement = 500
const bindingsPerStatement = 5000

/** Brings the gaps in line with a change and the owners it moved, in the change's own transaction. */
export async function reevaluateGaps(context: UseCaseContext, change: EstateChange, moved: MovedOwners): Promise<void> {
  if (sizeOf(change, moved) > subjectsMax) {
    await evaluateEverything(context)
    return
  }
  const rules = await ruleContext(context)
  const touched = await touchedBy(context.db, change, moved, rules)
  const { agents, tools, bindings, assignments, below } = touched
  const subjects = agents.size + tools.size + bindings.size + assignments.size
  if (subjects === 0) return
  if (subjects + below.length > subjectsMax) await evaluateEverything(context)
  else await evaluateTouched(context, touched, rules)
}

/** Evaluates the whole estate and brings the gaps in line with it. */
export async function evaluateEverything(context: UseCaseContext): Promise<GapTally> {
  const picture = await loadPicture(context.db)
  return await keepGaps(context, evaluateAll(picture, await ruleContext(context)), await keptGaps(context.db, null))
}

async function evaluateTouched(context: UseCaseContext, touched: TouchedScopes, rules: RuleContext): Promise<void> {
  const picture = await loadPictureAround(context.db, touched)
  await keepGaps(context, evaluateSubjects(picture, rules, touched), await keptGaps(context.db, touched))
}

async function ruleContext({ now, db }: UseCaseContext): Promise<RuleContext> {
  return { now: now.getTime(), policy: (await policyOf(db)).gaps }
}

function sizeOf(change: EstateChange, moved: MovedOwners): number {
  const { agents = [], tools = [], bindings = [], assignments = [] } = change
  const changed = agents.length + tools.length + bindings.length + assignments.length
  return changed + moved.agents.length + moved.tools.length + moved.assignments.length
}

/** The changes in runs that one statement each can carry; a gap may affect a hundred bindings or a hundred thousand. */
function* statementsOf(changes: readonly GapChange[]): Generator<GapChange[]> {
  let statement: GapChange[] = []
  let bindings = 0
  for (const change of changes) {
    const more = change.finding?.bindingIds.length ?? 0
    if (statement.length === changesPerStatement || (statement.length > 0 && bindings + more > bindingsPerStatement)) {
      yield statement
      statement = []
      bindings = 0
    }
    statement.push(change)
    bindings += more
  }
  if (statement.length > 0) yield statement
}

/** Writes the difference between what was found on some subjects and what is kept of them. */
async function keepGaps(
  context: UseCaseContext,
  findings: readonly Finding[],
  kept: readonly GapRow[],
): Promise<GapTally> {
  const changes = changesBetween(kept, findings, context.now.getTime())
  for (const statement of statementsOf(changes)) await writeGapChanges(context, statement)
  const tally: GapTally = { opened: 0, reopened: 0, updated: 0, resolved: 0 }
  for (const { transition } of changes) tally[transition.kind] += 1
  return tally
}
