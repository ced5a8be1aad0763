import 'server-only'
import { createHash } from 'node:crypto'
import { gapKey, type Touched } from '@/lib/gaps/evaluate'
import { type Finding, type RuleContext, severities } from '@/lib/gaps/model'
import type { Picture } from '@/lib/gaps/picture'
import { findRule } from '@/lib/gaps/rules'
import { loadPictureAround } from '@/lib/gaps/store/load-picture'
import { touchedBy } from '@/lib/gaps/store/touched'
import { layerIds } from '@/lib/layers'
import { assignmentName, ownerStatuses } from '@/lib/ownership/model'
import { nothingMoved } from '@/lib/ownership/store'
import { policyOf } from '@/lib/settings/store'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { successorId, supposing } from './changes'
import { gapDifference } from './gap-difference'
import { loadHoldings, sponsoredBy } from './holdings-store'
import { type Answer, examplesMax, shownMax } from './model'
import { type OwnerChange, ownerDifference, type Standing } from './owner-difference'
import { assignmentsOf, cellCounts, contractsTouched, movedWith, successionsOf } from './store'
import type { Supposition } from './suppose'

/** What a supposition would come to, found by loading just what it reaches. */
export async function answerTo(context: UseCaseContext, supposition: Supposition): Promise<Answer> {
  const { db, now } = context
  const { parts, estate, discredited } = supposition
  const rules = { now: now.getTime(), policy: (await policyOf(db)).gaps }
  const { before, touched } = await around(context, supposition, rules)
  const after = supposing(
    before,
    parts.map(({ change }) => change),
    rules.now,
  )
  const owners = ownerDifference(before, after, rules.now)
  const gaps = gapDifference(before, after, rules, touched)
  const tools = parts.flatMap(({ held }) => held.flatMap((row) => (row.scope === 'tool' ? (row.subjectId ?? []) : [])))
  const contracts = await contractsTouched(db, { teams: discredited, tools })
  const opens = gaps.opens.map((finding) => gapOf(finding, after)).sort(bySeverity)
  const closes = gaps.closes.map((finding) => gapOf(finding, before)).sort(bySeverity)
  return {
    fingerprint: fingerprintOf(supposition, owners, [gaps.opens, gaps.closes]),
    changes: parts.map(({ title, change }) => ({ kind: change.kind, title })),
    totals: {
      owners: owners.reduce((sum, { bindings }) => sum + bindings.length, 0),
      opens: opens.length,
      closes: closes.length,
      changesSeverity: gaps.changesSeverity.length,
      contracts: contracts.length,
      revokes: estate.bindings.length,
      successions: await successionsOf(db, estate.people, estate.assignments),
    },
    owners: owners.slice(0, shownMax).map((change) => ({
      layer: change.layer,
      before: standingIn(change.before, before),
      after: standingIn(change.after, after),
      cells: change.bindings.length,
      examples: change.bindings.slice(0, examplesMax).map(({ slug }) => slug),
    })),
    opens: opens.slice(0, shownMax),
    closes: closes.slice(0, shownMax),
    changesSeverity: gaps.changesSeverity
      .slice(0, shownMax)
      .map((change) => ({ before: change.before.severity, gap: gapOf(change.after, after) })),
    contracts: contracts.slice(0, shownMax),
    coverage: await coverageOf(context, owners),
  }
}

/** The part of the estate that the supposition reaches, as it is, and the subjects whose findings may differ. */
async function around(context: UseCaseContext, supposition: Supposition, rules: RuleContext): Promise<Around> {
  const { estate, discredited } = supposition
  const changesOwners = estate.agents.length + estate.assignments.length > 0
  if (changesOwners) return await aroundChangedOwners(context, supposition, rules)
  return await aroundDiscredited(context, { teams: discredited, people: estate.people })
}

interface Around {
  before: Picture
  touched: Touched
}

/** Nobody else comes to own anything: all that may differ is whether owners can answer, and whether agents have sponsors. */
async function aroundDiscredited(
  { db }: UseCaseContext,
  who: { teams: readonly string[]; people: readonly string[] },
): Promise<Around> {
  const affected = await assignmentsOf(db, who)
  const agents = await sponsoredBy(db, who.people)
  const assignments = affected.map(({ id }) => id)
  const reachesAgents = affected.some(({ scope }) => scope === 'organisation' || scope === 'agent')
  const before = await loadHoldings(db, { assignments, agents, reachesAgents })
  const none = new Set<string>()
  return {
    before,
    touched: { agents: new Set(agents), assignments: new Set(assignments), tools: none, bindings: none },
  }
}

async function aroundChangedOwners(
  { db }: UseCaseContext,
  { parts, estate, discredited }: Supposition,
  rules: RuleContext,
): Promise<Around> {
  const moved = estate.assignments.length > 0 ? await movedWith(db, estate.assignments) : nothingMoved
  // A team that would have no member left is looked at as one that changed.
  const found = await touchedBy(db, { ...estate, teams: discredited }, moved, rules)
  const affected = await assignmentsOf(db, { teams: discredited, people: estate.people })
  const held = parts.flatMap((part) => part.held)
  // What would be wrong with these owners is not wrong yet: the registry cannot tell by itself what they stand on.
  const scopes = [
    ...affected.map(({ scope, subjectId }) => ({ scope, id: subjectId })),
    ...held.map(({ scope, subjectId }) => ({ scope, id: subjectId ?? '' })),
  ]
  const assignments = [...found.assignments, ...affected.map(({ id }) => id), ...held.map(({ id }) => id)]
  const reached = { ...found, assignments: new Set(assignments), scopes: [...found.scopes, ...scopes] }
  const picture = await loadPictureAround(db, reached)
  const successors = held.map(({ id }) => successorId(id))
  const touched = { ...reached, assignments: new Set([...assignments, ...successors]) }
  return { before: await withTakers(db, picture, parts), touched }
}

/** The teams that are to take something on, where nothing else brought them into the picture. */
async function withTakers(db: UseCaseContext['db'], picture: Picture, parts: Supposition['parts']): Promise<Picture> {
  const takers = parts.flatMap(({ change }) => (change.kind === 'move_ownership' ? [change.toTeamId] : []))
  const strange = takers.filter((id) => !picture.teams.has(id))
  if (strange.length === 0) return picture
  const teams = await db.prisma.team.findMany({
    where: { id: { in: strange } },
    include: { memberships: { where: { person: { status: 'active' } }, take: 1 } },
  })
  const facts = teams.map(({ memberships, id, slug, name, function: duty, status }) => {
    return [id, { id, slug, name, function: duty, status, hasActiveMember: memberships.length > 0 }] as const
  })
  return { ...picture, teams: new Map([...picture.teams, ...facts]) }
}

const standingIn = ({ status, teamId }: Standing, { teams }: Picture) => {
  const team = teamId === null ? undefined : teams.get(teamId)
  return { status, team: team ? { slug: team.slug, name: team.name } : null }
}

function gapOf(finding: Finding, picture: Picture): Answer['opens'][number] {
  const { rule, layer, severity, bindingIds, explanation } = finding
  const title = findRule(rule)?.title ?? rule
  return {
    rule,
    title,
    layer,
    severity,
    subject: subjectOf(finding, picture),
    affected: bindingIds.length,
    explanation,
  }
}

function subjectOf({ subject: { type, id } }: Finding, picture: Picture): Answer['opens'][number]['subject'] {
  if (type === 'log') return { type, slug: 'log', name: 'Transparency log' }
  if (type !== 'assignment') {
    const fact = { agent: picture.agents, tool: picture.tools, binding: picture.bindings }[type].get(id)
    const slug = fact?.slug ?? id
    return { type, slug, name: fact && 'name' in fact ? fact.name : slug }
  }
  const assignment = picture.assignments.get(id)
  if (!assignment) return { type, slug: id, name: id }
  const { layer, scope, subjectId } = assignment
  const on = {
    agent: picture.agents,
    tool: picture.tools,
    enforcement_point: picture.points,
    binding: picture.bindings,
  }
  const subject = scope === 'organisation' || subjectId === null ? null : (on[scope].get(subjectId)?.slug ?? subjectId)
  const slug = assignmentName(layer, scope, subject)
  return { type, slug, name: slug }
}

const bySeverity = (one: Answer['opens'][number], other: Answer['opens'][number]) =>
  severities.indexOf(other.severity) - severities.indexOf(one.severity) ||
  other.affected - one.affected ||
  (one.subject.slug < other.subject.slug ? -1 : 1)

/** How the cells of each layer stand now, from the counters, and would stand. */
async function coverageOf({ db }: UseCaseContext, owners: readonly OwnerChange[]): Promise<Answer['coverage']> {
  const counts = await cellCounts(db)
  return layerIds.map((layer) => {
    const before = { owned: 0, unconfirmed: 0, orphaned: 0, unowned: 0 }
    for (const row of counts) if (row.layer === layer) before[row.status] += row.cells
    const after = { ...before }
    for (const change of owners) {
      if (change.layer !== layer) continue
      for (const status of ownerStatuses) {
        if (change.before.status === status) after[status] -= change.bindings.length
        if (change.after.status === status) after[status] += change.bindings.length
      }
    }
    return { layer, before, after }
  })
}

/** Tells one answer from another, however little of it is shown. */
function fingerprintOf(
  { estate, parts }: Supposition,
  owners: readonly OwnerChange[],
  gaps: readonly (readonly Finding[])[],
): string {
  const cells = owners.map(({ layer, before, after, bindings }) => [layer, before, after, bindings.map(({ id }) => id)])
  const keys = gaps.map((findings) => findings.map((finding) => [gapKey(finding), finding.severity]).sort())
  const all = [estate, parts.map(({ change }) => change), cells, keys]
  return createHash('sha256').update(JSON.stringify(all)).digest('hex')
}
