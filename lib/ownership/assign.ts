import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { lockEstate, settle } from '@/lib/estate/settle'
import { layerIds, layerOf } from '@/lib/layers'
import { externalIdSchema, reasonSchema, slugSchema } from '@/lib/registry/model'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { findAssignments } from './assignment-store'
import { assignmentName, assignmentSchema, ownershipScopes } from './model'
import {
  type Named,
  replaceAssignments,
  type StandingAssignment,
  standingAt,
  subjectColumns,
  subjectIdsOf,
  type Target,
  targetKey,
} from './target-store'

const targetSchema = z.strictObject({
  layer: z.enum(layerIds),
  scope: z.enum(ownershipScopes),
  subject: z
    .string()
    .max(260)
    .optional()
    .describe('Slug of the subject; agent/tool@environment for a binding; none for the organisation'),
  expected: z
    .uuid()
    .nullable()
    .optional()
    .describe(
      'The assignment that was there when the caller looked, null for none: refused as stale when it is another by now',
    ),
})

const inputSchema = z.strictObject({
  targets: z.array(targetSchema).min(1).max(500),
  team: slugSchema,
  person: externalIdSchema.optional().describe('External id of the accountable person'),
  reason: reasonSchema,
  validFrom: z.iso.datetime({ offset: true }).optional().describe('When it begins; now when absent, never in the past'),
})
type Input = z.output<typeof inputSchema>

function assertMayBeOwned({ layer: id, scope, subject }: Input['targets'][number]): void {
  if ((scope === 'organisation') !== (subject === undefined)) {
    throw new DomainError('invalid_input', 'A subject is named for every scope but the organisation.')
  }
  const layer = layerOf(id)
  if (scope === 'organisation' && !layer.inheritsFromOrganisation) {
    throw new DomainError(
      'refused',
      `${layer.title} cannot be owned for the whole organisation: the front door must not stand in for the application. Set it on the tool or its application.`,
    )
  }
}

async function targetsOf(context: UseCaseContext, named: Input['targets']): Promise<Target[]> {
  for (const target of named) assertMayBeOwned(target)
  const subjects = named.map(({ scope, subject }) => ({ scope, slug: subject ?? null }))
  const ids = await subjectIdsOf(context.db, subjects)
  return named.map(({ layer, scope, subject }, index) => ({
    layer,
    scope,
    subjectSlug: subject ?? null,
    subjectId: ids[index] ?? null,
  }))
}

async function ownerOf(context: UseCaseContext, input: Input) {
  const team = await context.db.prisma.team.findUnique({
    where: { slug: input.team },
    select: { id: true, name: true, status: true },
  })
  if (!team) throw notFound(`Team "${input.team}"`)
  if (team.status !== 'active')
    throw new DomainError('refused', `${team.name} is dissolved and cannot take on a layer.`)
  if (input.person === undefined) return { team, personId: null }
  const person = await context.db.prisma.person.findUnique({
    where: { externalId: input.person },
    select: { id: true, name: true, status: true },
  })
  if (!person) throw notFound(`Person "${input.person}"`)
  if (person.status !== 'active')
    throw new DomainError('refused', `${person.name} has left and cannot answer for a layer.`)
  return { team, personId: person.id }
}

/** Whether the actor may replace what is there: by role, or by holding it (its team's lead, its accountable person). */
export function holdsOrLeads(
  actor: UseCaseContext['actor'],
  standing: Pick<StandingAssignment, 'teamId' | 'personId'> | undefined,
): boolean {
  if (actor.kind === 'system' || actor.role === 'admin' || actor.role === 'governance_lead') return true
  if (!standing) return false
  return actor.leadOf.has(standing.teamId) || (actor.personId !== null && actor.personId === standing.personId)
}

function assertMayReplace(context: UseCaseContext, target: Target, standing: StandingAssignment | undefined): void {
  if (holdsOrLeads(context.actor, standing)) return
  const name = assignmentName(target.layer, target.scope, target.subjectSlug)
  throw new DomainError('forbidden', `${name}: only a governance lead, or whoever holds it now, may hand it on.`)
}

function assertExpected(
  target: Target,
  expected: string | null | undefined,
  standing: StandingAssignment | undefined,
): void {
  if (expected === undefined || expected === (standing?.id ?? null)) return
  const name = assignmentName(target.layer, target.scope, target.subjectSlug)
  const now = standing
    ? `${standing.setBy} set it to ${standing.teamName} at ${standing.proposedAt.toISOString()}`
    : 'its owner was ended'
  throw new DomainError('stale', `${name} changed since you looked: ${now}. Nothing was overwritten.`)
}

/** Sets one team as owner of one or many layers at once: all of them or none. The team's lead then accepts or declines. */
export const createAssignments = defineCommand({
  name: 'assignments.create',
  summary: 'Set the owner of one or more layers',
  method: 'POST',
  path: '/assignments',
  input: inputSchema,
  output: z.object({ assignments: z.array(assignmentSchema), unchanged: z.number().int() }),
  async handler(context, input) {
    await lockEstate(context)
    const { db, actor, now } = context
    const validFrom = input.validFrom ? new Date(input.validFrom) : now
    if (validFrom.getTime() < now.getTime() - 60_000)
      throw new DomainError('refused', 'An owner cannot be set for the past.')
    const { team, personId } = await ownerOf(context, input)
    const targets = await targetsOf(context, input.targets)
    if (
      new Set(targets.map((target) => targetKey(target.layer, target.scope, target.subjectId))).size < targets.length
    ) {
      throw new DomainError('invalid_input', 'The same layer of the same subject is named twice.')
    }
    const standing = await standingAt(db, targets)
    // The team's own lead naming the team is its acceptance.
    const accepted = actor.leadOf.has(team.id)
    const created: Named[] = []
    const ended: string[] = []
    for (const [index, target] of targets.entries()) {
      const current = standing.get(targetKey(target.layer, target.scope, target.subjectId))
      assertMayReplace(context, target, current)
      assertExpected(target, input.targets[index]?.expected, current)
      if (current && current.teamId === team.id && current.personId === personId) continue
      if (current && current.validFrom > validFrom)
        throw new DomainError(
          'conflict',
          `Another owner is already named there from ${current.validFrom.toISOString()}.`,
        )
      if (current) ended.push(current.id)
      created.push({
        id: context.newId(),
        layer: target.layer,
        scope: target.scope,
        ...subjectColumns(target),
        teamId: team.id,
        personId,
        state: accepted ? 'accepted' : 'proposed',
        validFrom,
        proposedAt: now,
        setBy: actor.name,
        reason: input.reason,
        ...(accepted && { decidedAt: now, decidedBy: actor.name }),
        replacesId: current?.id ?? null,
        source: 'person',
      })
    }
    if (created.length === 0) throw new DomainError('conflict', `${team.name} owns that already; nothing changed.`)
    await replaceAssignments(db, { ended, created, from: validFrom, now })
    const ids = created.map(({ id }) => id)
    await settle(context, { assignments: [...ids, ...ended] })
    const assignments = await findAssignments(db, { ids }, ids.length)
    return {
      output: { assignments, unchanged: targets.length - created.length },
      event: {
        subjectType: 'assignment',
        subjectId: ids.length === 1 ? String(ids[0]) : 'several',
        before: { ended },
        after: toJson(assignments.map(({ id, name }) => ({ id, name, team: input.team, person: input.person }))),
        reason: input.reason,
      },
    }
  },
})
