import 'server-only'
import type { Db } from '@/lib/db/client'
import type { EstateChange } from '@/lib/estate/settle'
import { type MovedOwners, nothingMoved } from '@/lib/ownership/store'
import type { Policy } from '@/lib/settings/model'
import { policyOf } from '@/lib/settings/store'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { changesBetween, type GapChange } from './diff'
import { evaluateRule, evaluateSubjects } from './evaluate'
import { exceptedIn } from './exceptions'
import { evidenceWays } from './indexed-evidence'
import { indexPicture } from './indexed-picture'
import type { GapTransition } from './lifecycle'
import type { Finding, GapPolicy, RuleContext } from './model'
import { certificationRules, rules } from './rules'
import { keptGapsOf, keptGapsOfOthers, keptGapsOn, keptGapsOnBindings, writeGapChanges } from './store/kept-gaps'
import { exceptedBindings, loadBindings, loadPicture, loadPictureAround } from './store/load-picture'
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
  const policy = await policyOf(context.db)
  const limits: RuleContext = { now: context.now.getTime(), policy: policy.gaps }
  const touched = await touchedBy(context.db, change, moved, limits)
  const { agents, tools, bindings, assignments, logs, below } = touched
  const subjects = agents.size + tools.size + bindings.size + assignments.size + (logs?.size ?? 0)
  if (subjects === 0) return
  if (subjects + below.length > subjectsMax) await evaluateEverything(context)
  else await keep(context, await changesOn(context.db, touched, limits), policy)
}

const none: ReadonlySet<string> = new Set()
const untouched = { agents: none, tools: none, bindings: none, assignments: none }

/**
 * Brings the gaps in line with certifications that came, went or were not given, and with nothing else that changed: of
 * all rules only those that look at certifications are asked, so that thousands of bindings at once are quick.
 */
export async function reevaluateCertifications(
  context: UseCaseContext,
  { bindings, assignments }: { bindings: readonly string[]; assignments: readonly string[] },
): Promise<void> {
  // Under an exception one finding may lead to another rule's.
  const excepted = new Set(await exceptedBindings(context.db, bindings))
  const rest = { bindings: [...excepted], assignments }
  if (excepted.size + assignments.length > 0) await reevaluateGaps(context, rest, nothingMoved)
  const plain = bindings.filter((id) => !excepted.has(id))
  if (plain.length === 0) return
  const policy = await policyOf(context.db)
  const limits: RuleContext = { now: context.now.getTime(), policy: policy.gaps }
  const picture = await loadBindings(context.db, plain)
  const touched = { ...untouched, bindings: new Set(plain) }
  const ids = certificationRules.map(({ id }) => id)
  const changes = changesBetween(
    await keptGapsOnBindings(context.db, plain, ids),
    evaluateSubjects(picture, limits, touched, certificationRules),
    () => false,
    limits.now,
  )
  await keep(context, changes, policy)
}

/** Evaluates the whole estate and brings the gaps in line with it. */
export async function evaluateEverything(context: UseCaseContext): Promise<GapTally> {
  const policy = await policyOf(context.db)
  const tally: GapTally = { opened: 0, reopened: 0, excepted: 0, updated: 0, resolved: 0 }
  for await (const changes of changesEverywhere(context.db, { now: context.now.getTime(), policy: policy.gaps })) {
    await keep(context, changes, policy)
    for (const { transition } of changes) tally[transition.kind] += 1
  }
  return tally
}

/** Whether evaluating everything would change nothing. Only reads, and stops at the first change it finds. */
export async function gapsAreRight(db: Db, now: Date): Promise<boolean> {
  const { gaps } = await policyOf(db)
  for await (const changes of changesEverywhere(db, { now: now.getTime(), policy: gaps })) {
    if (changes.length > 0) return false
  }
  return true
}

/** Gaps that would open or close: how many, how many of each rule, and the first of each. */
export interface GapDifference {
  count: number
  byRule: Record<string, number>
  first: Pick<Finding, 'rule' | 'subject' | 'layer' | 'pointId' | 'severity' | 'explanation'>[]
}

/** How many gaps of each rule are named on each side of a difference. */
const namedMax = 3

/**
 * The gaps that would open, and those that would close, were these the limits from now on. Writes nothing.
 * Counts what saving the limits would really do, so also what time alone has brought since the last evaluation.
 */
export async function differenceUnder(
  { db, now }: UseCaseContext,
  policy: GapPolicy,
): Promise<{ opens: GapDifference; closes: GapDifference }> {
  const difference = { opens: nothing(), closes: nothing() }
  for await (const changes of changesEverywhere(db, { now: now.getTime(), policy })) {
    for (const { transition, finding, gap } of changes) {
      // What opens or closes under an exception asks nothing of anybody.
      if (finding && transition.to === 'open' && transition.from !== 'open') add(difference.opens, finding)
      if (gap && transition.kind === 'resolved' && transition.from !== 'excepted') add(difference.closes, gap)
    }
  }
  return difference
}

const nothing = (): GapDifference => ({ count: 0, byRule: {}, first: [] })

function add(side: GapDifference, gap: GapDifference['first'][number]): void {
  side.count += 1
  const ofRule = (side.byRule[gap.rule] ?? 0) + 1
  side.byRule[gap.rule] = ofRule
  const { rule, subject, layer, pointId, severity, explanation } = gap
  if (ofRule <= namedMax) side.first.push({ rule, subject, layer, pointId, severity, explanation })
}

/**
 * What evaluating everything would change, rule by rule: at no time are the findings and the gaps of more than one rule
 * in memory, and the process turns to others in between.
 */
async function* changesEverywhere(db: Db, limits: RuleContext): AsyncGenerator<GapChange[]> {
  const picture = indexPicture(await loadPicture(db), limits.now)
  for (const rule of rules) {
    const kept = await keptGapsOf(db, rule.id)
    yield changesBetween(kept, evaluateRule(rule, picture, limits), exceptedIn(picture, limits.now), limits.now)
  }
  const ids = rules.map((rule) => rule.id)
  yield changesBetween(await keptGapsOfOthers(db, ids), [], () => false, limits.now)
}

async function changesOn(db: Db, touched: TouchedScopes, limits: RuleContext): Promise<GapChange[]> {
  const picture = await loadPictureAround(db, touched)
  const isExcepted = exceptedIn(evidenceWays(picture), limits.now)
  return changesBetween(
    await keptGapsOn(db, touched),
    evaluateSubjects(picture, limits, touched),
    isExcepted,
    limits.now,
  )
}

function sizeOf(change: EstateChange, moved: MovedOwners): number {
  const { agents = [], tools = [], bindings = [], assignments = [] } = change
  const changed = agents.length + tools.length + bindings.length + assignments.length
  return changed + moved.agents.length + moved.tools.length + moved.assignments.length
}

async function keep(context: UseCaseContext, changes: readonly GapChange[], { dueDays }: Policy): Promise<void> {
  for (const statement of statementsOf(changes)) await writeGapChanges(context, statement, dueDays)
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
