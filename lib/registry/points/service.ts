import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { pageOf } from '@/lib/http/page'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { changesBetween, defined, editEntry, editedWith, type Fields } from '../changes'
import { slugSchema } from '../model'
import { optional, teamNamed } from '../references'
import { savedSchema } from '../shapes'
import { claimSlug } from '../slug'
import { assertFresh } from '../stale'
import { createPointInput, listPointsInput, pointDetailSchema, pointRowSchema, updatePointInput } from './model'
import { describePoint, findPoints, getPoint, type StoredPoint } from './store'

export async function pointCalled(context: UseCaseContext, slug: string): Promise<StoredPoint> {
  const point = await getPoint(context.db, slug)
  if (!point) throw notFound(`The enforcement point "${slug}"`)
  return point
}

/** The editable fields as an edit names them. */
function fieldsOf(point: StoredPoint): Fields {
  const { name, kind, team, independentPrivileges, decisionEndpoint } = point
  return { name, kind, team: team?.slug ?? null, independentPrivileges, decisionEndpoint }
}

const withoutCredential = { credentialKind: 'none', credentialSealed: null } as const

/** Whether an edit points at another host: the credential was meant for the one before, and must not be sent there. */
function isElsewhere(point: StoredPoint, endpoint: string | null | undefined): boolean {
  if (endpoint === undefined || point.decisionEndpoint === null) return false
  return endpoint === null || new URL(endpoint).origin !== new URL(point.decisionEndpoint).origin
}

/** An application of tools stays one: a front door must not stand in for it. */
async function assertKindMayChange(
  context: UseCaseContext,
  point: StoredPoint,
  kind: StoredPoint['kind'] | undefined,
): Promise<void> {
  if (kind === undefined || kind === 'application' || point.kind !== 'application') return
  const tool = await context.db.prisma.tool.findFirst({ where: { applicationId: point.id }, select: { name: true } })
  if (tool)
    throw new DomainError('refused', `It is the application of ${tool.name}; name another application there first.`)
}

const listPoints = defineQuery({
  name: 'points.list',
  summary: 'Enforcement points by name',
  method: 'GET',
  path: '/enforcement-points',
  input: listPointsInput,
  output: pageOf(pointRowSchema),
  handler: ({ db }, input) => findPoints(db, input),
})

const getOnePoint = defineQuery({
  name: 'points.get',
  summary: 'One enforcement point with its tools, bindings, owners and gaps',
  method: 'GET',
  path: '/enforcement-points/{slug}',
  input: z.strictObject({ slug: slugSchema }),
  output: pointDetailSchema,
  handler: async (context, { slug }) => describePoint(context.db, await pointCalled(context, slug)),
})

const createPoint = defineCommand({
  name: 'points.create',
  summary: 'Register a gateway, broker or application that decides',
  method: 'POST',
  path: '/enforcement-points',
  input: createPointInput,
  output: savedSchema,
  async handler(context, { slug: wantedSlug, team: teamSlug, name, kind, reason, ...facts }) {
    await lockEstate(context)
    const slug = await claimSlug(context, 'point', { name, slug: wantedSlug })
    const team = await optional(teamSlug, (key) => teamNamed(context, 'team', key))
    const { id } = await context.db.prisma.enforcementPoint.create({
      data: {
        id: context.newId(),
        slug,
        name,
        kind,
        ...defined(facts),
        teamId: team?.id ?? null,
        source: 'person',
        createdAt: context.now,
        updatedAt: context.now,
      },
    })
    await settle(context, { points: [id] })
    const after = { slug, ...fieldsOf(await pointCalled(context, slug)) }
    return {
      output: { id, slug, version: 1 },
      event: { subjectType: 'enforcement_point', subjectId: id, after, ...defined({ reason }) },
    }
  },
})

const updatePoint = defineCommand({
  name: 'points.update',
  summary: 'Edit an enforcement point',
  method: 'PATCH',
  path: '/enforcement-points/{slug}',
  input: updatePointInput,
  output: savedSchema,
  async handler(context, { slug, version, reason, team: teamSlug, ...rest }) {
    await lockEstate(context)
    const point = await pointCalled(context, slug)
    await assertFresh(context, { type: 'enforcement_point', ...point }, version)
    await assertKindMayChange(context, point, rest.kind)
    const team = await optional(teamSlug, (key) => teamNamed(context, 'team', key))
    const changes = changesBetween(fieldsOf(point), { ...rest, team: team?.slug })
    await context.db.prisma.enforcementPoint.update({
      where: { id: point.id },
      data: {
        ...defined({ ...rest, teamId: team?.id }),
        ...(isElsewhere(point, rest.decisionEndpoint) && withoutCredential),
        editedFields: editedWith(point.editedFields, changes.fields),
        version: version + 1,
        updatedAt: context.now,
      },
    })
    await settle(context, { points: [point.id] })
    return {
      output: { id: point.id, slug, version: version + 1 },
      event: editEntry({ type: 'enforcement_point', id: point.id, slug }, changes, reason),
    }
  },
})

export const pointUseCases = {
  'points.list': listPoints,
  'points.get': getOnePoint,
  'points.create': createPoint,
  'points.update': updatePoint,
}
