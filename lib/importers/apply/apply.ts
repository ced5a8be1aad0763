import { mayRun } from '@/lib/access/permissions'
import { seeingAll } from '@/lib/db/sight'
import { type EstateChange, lockEstate, settle } from '@/lib/estate/settle'
import { evaluateEverything } from '@/lib/gaps/reevaluate'
import { rebuildCells } from '@/lib/ownership/store'
import { settleSuccessions } from '@/lib/ownership/succession/settle'
import type { NamedAccess } from '@/lib/recertification/remediation/sightings-store'
import { verifyByImport } from '@/lib/recertification/remediation/verify'
import { mayRestrict } from '@/lib/registry/restricted'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { type Estate, type EstateCollection, estateCollections } from '../estate/model'
import { keyOf } from '../keys'
import { type ImportKind, type ImportProblem, importLimits, type ParsedImport } from '../model'
import { activationConcerns } from './activations-apply'
import type { Facts } from './adjust'
import { externalIdOf, type Subjects, subjectsOfEvidence } from './evidence-store'
import { missingIn } from './missing-store'
import { destructiveTools } from './names-store'
import { importOwners } from './owners-apply'
import { keysIn } from './references'
import { checkReferences, exceptedSubjects } from './references-store'
import { retiredIn, revokeWithEnds } from './retirements-apply'
import { analyze, deferContractsInForce } from './rows-store'
import { type ImportRun, importCollection } from './tables-apply'
import { type ImportReport, Tally } from './tally'

const missingNamesMax = 20
/** From this many changed bindings or assignments on, working everything out anew is quicker than following each change. */
const followedMax = 2000
const errorsShownMax = 100

type ChangedIds = Record<EstateCollection, string[]>

/** Reads the files. Called late and its result held briefly: a large estate is let go before everything is settled. */
export type ReadImport = () => ParsedImport | Promise<ParsedImport>

/** What an import would do; writes nothing. */
export async function previewImport(
  context: UseCaseContext,
  kind: ImportKind,
  read: ReadImport,
): Promise<ImportReport> {
  const { report } = await compare(context, kind, read, null)
  return report
}

/**
 * Brings the registry in line with what is read and says which bindings that makes active while a layer is unowned, in the transaction of the context, or changes nothing.
 * Each record's change is recorded under the audit event that the caller then appends.
 * @throws DomainError `invalid_input` with every error at its place.
 */
export async function applyImport(
  context: UseCaseContext,
  kind: ImportKind,
  read: ReadImport,
  eventId: string,
): Promise<ImportReport> {
  const { report, changed, activations } = await compare(context, kind, read, eventId)
  // What was written until here goes with the transaction.
  if (report.errors.length > 0) throw refusal(report.errors)
  await settleAll(context, changed)
  const concerns = await activationConcerns(context.db, activations, importLimits.problemsMax - report.warnings.length)
  return { ...report, warnings: [...report.warnings, ...concerns] }
}

async function compare(context: UseCaseContext, kind: ImportKind, read: ReadImport, eventId: string | null) {
  const writes = eventId !== null
  const parsed = await read()
  if (writes && parsed.errors.length > 0) throw refusal(parsed.errors)
  if (writes) await lockEstate(context)
  const { estate } = parsed
  const tally = new Tally(parsed.positions, parsed)
  // A refused entity is not in the estate: what refers to it would only be reported a second time.
  if (parsed.errors.length === 0) await checkReferences(context.db, estate, tally)
  const excepted = await exceptedSubjects(context.db, estate, tally)
  if (writes && tally.report.errors.length > 0) throw refusal(tally.report.errors)
  const facts = {
    now: context.now,
    kind,
    approving: await approvingOf(context),
    restricting: mayRestrict(context.actor),
    excepted,
    destructiveTools: await destructiveIn(context, estate),
    retired: new Set<string>(),
  }
  if (writes) await deferContractsInForce(context.db)
  const run: ImportRun = { context, kind, estate, facts, tally, retirements: [], activations: new Map(), eventId }
  const changed = await importAll(run)
  if (writes) changed.bindings.push(...(await verifyByImport(context, accessIn(kind, estate))))
  for (const collection of estateCollections) {
    const keys = [...keysIn(estate, collection)]
    tally.missing(collection, await missingIn(context.db, collection, kind, keys, missingNamesMax))
  }
  return { report: tally.report, changed, activations: run.activations }
}

/** What the files say about access, for whoever waits for it to be gone. */
function accessIn(kind: ImportKind, estate: Estate): NamedAccess {
  return {
    kind,
    bindings: estate.bindings.map((binding) => ({ slug: keyOf.bindings(binding), state: binding.state ?? null })),
    agents: [...new Set([...estate.agents.map(({ slug }) => slug), ...estate.bindings.map(({ agent }) => agent)])],
    tools: [...new Set([...estate.tools.map(({ slug }) => slug), ...estate.bindings.map(({ tool }) => tool)])],
  }
}

/** One collection after the other, in an order in which each refers only to earlier ones. */
async function importAll(run: ImportRun): Promise<ChangedIds> {
  return {
    people: await importCollection(run, 'people'),
    teams: await importCollection(run, 'teams'),
    enforcementPoints: await importCollection(run, 'enforcementPoints'),
    agents: await importCollection(run, 'agents'),
    tools: await importCollection(run, 'tools'),
    bindings: await importBindings(run),
    delegations: await importCollection(run, 'delegations'),
    owners: await importOwners(run),
    contracts: await importCollection(run, 'contracts'),
    attestations: await importCollection(run, 'attestations'),
    parityRuns: await importCollection(run, 'parityRuns'),
    exceptions: await importCollection(run, 'exceptions'),
  }
}

/** Whether the one who imports may accept a risk, and who they are: nobody approves what they bring themselves. */
async function approvingOf({ actor, db }: UseCaseContext): Promise<Facts['approving']> {
  const mayDecide = mayRun('exceptions.approve', actor) === true
  return { mayDecide, person: actor.personId === null ? null : await externalIdOf(db, actor.personId) }
}

async function importBindings(run: ImportRun): Promise<string[]> {
  const facts = { ...run.facts, retired: await retiredIn(run) }
  return [...(await importCollection({ ...run, facts }, 'bindings')), ...(await revokeWithEnds(run))]
}

/** The tools that can destroy something, as the files have it where they do, else as the registry has it. */
async function destructiveIn({ db }: UseCaseContext, estate: Estate): Promise<Set<string>> {
  const described = new Map(estate.tools.flatMap(({ slug, actions }) => (actions ? [[slug, actions] as const] : [])))
  const unrated = new Set(estate.bindings.flatMap(({ tool, risk }) => (risk === undefined ? [tool] : [])))
  const registered = await destructiveTools(
    db,
    [...unrated].filter((slug) => !described.has(slug)),
  )
  const inFiles = [...described].filter(([, actions]) => actions.some(({ destructive }) => destructive === 'yes'))
  return new Set([...registered, ...inFiles.map(([slug]) => slug)])
}

async function settleAll(context: UseCaseContext, changed: ChangedIds): Promise<void> {
  const change: EstateChange = {
    people: changed.people,
    teams: changed.teams,
    points: changed.enforcementPoints,
    agents: changed.agents,
    tools: changed.tools,
    bindings: changed.bindings,
    assignments: changed.owners,
  }
  if (Object.values(changed).every((ids) => ids.length <= followedMax))
    return await settle(context, withSubjects(change, await subjectsOfEvidence(context.db, changed)))
  await seeingAll(context.db, async () => {
    await analyze(context.db, 'estate')
    await rebuildCells(context.db, context.now)
    await analyze(context.db, 'cells')
    await evaluateEverything(context)
    await settleSuccessions(context, change)
  })
}

/** A change, and what its contracts, runs, delegations and exceptions are about. */
function withSubjects(change: EstateChange, about: Subjects): EstateChange {
  const both = (kind: keyof Subjects) => [...(change[kind] ?? []), ...about[kind]]
  return {
    ...change,
    agents: both('agents'),
    tools: both('tools'),
    bindings: both('bindings'),
    assignments: both('assignments'),
  }
}

function refusal(errors: readonly ImportProblem[]): DomainError {
  const [first] = errors
  const fields = errors.slice(0, errorsShownMax).map(({ file, line, field, message }) => ({
    field: `${file}:${line ?? '-'}${field === null ? '' : ` ${field}`}`,
    message,
  }))
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return new DomainError(
    'invalid_input',
    `Nothing was imported. ${fields[0]?.field ?? ''}: ${first?.message ?? ''}${more}`,
    { fields },
  )
}
