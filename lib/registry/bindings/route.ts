import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { pointNamed } from '../references'
import {
  previewRouteInput,
  type RouteInput,
  type RoutePreview,
  routeBindingsInput,
  routedMax,
  routePreviewSchema,
} from './route-model'
import { type RouteOutcome, type RouteStep, routed } from './route-plan'
import { findRouteCandidates, type RouteCandidate, replacePaths, unknownTools } from './route-store'

const shownMax = 20

const isOutcome =
  <Kind extends RouteOutcome['kind']>(kind: Kind) =>
  (each: {
    binding: RouteCandidate
    outcome: RouteOutcome
  }): each is { binding: RouteCandidate; outcome: Extract<RouteOutcome, { kind: Kind }> } =>
    each.outcome.kind === kind

/** The bindings that are meant: each named one has to be there. */
async function candidatesOf({ db }: UseCaseContext, { tools = [], bindings = [] }: RouteInput) {
  if (tools.length > 0 === bindings.length > 0)
    throw new DomainError('invalid_input', 'Name either tools or bindings whose calls are to pass the point.')
  const missing = await unknownTools(db, tools)
  if (missing.length > 0) throw new DomainError('not_found', `There is no tool "${missing.slice(0, 3).join('", "')}".`)
  const found = await findRouteCandidates(db, { tools, bindings }, routedMax)
  if (found.length > routedMax)
    throw new DomainError('too_large', `These are more than ${routedMax} bindings; route fewer tools at a time.`)
  const known = new Set(found.flatMap(({ id, slug }) => [id, slug]))
  const unknown = bindings.find((key) => !known.has(key))
  if (unknown !== undefined) throw new DomainError('not_found', `The binding "${unknown}" was not found.`)
  return found
}

/** What the route would do with each binding that is meant. */
async function planRoute(context: UseCaseContext, input: RouteInput) {
  const point = await pointNamed(context, 'point', input.point)
  const candidates = await candidatesOf(context, input)
  const planned = candidates.map((binding) => ({ binding, outcome: routed(binding, { ...input, point }) }))
  const changes = planned.filter(isOutcome('changes'))
  const refusals = planned.filter(isOutcome('refused'))
  const preview: RoutePreview = {
    total: planned.length,
    changes: changes.length,
    already: planned.filter(isOutcome('already')).length,
    refused: refusals.length,
    refusals: refusals
      .slice(0, shownMax)
      .map(({ binding, outcome }) => ({ slug: binding.slug, reason: outcome.reason })),
    examples: changes.slice(0, shownMax).map(({ binding }) => binding.slug),
  }
  return { point, changes, preview }
}

export const previewRoute = defineQuery({
  name: 'bindings.previewRoute',
  summary: 'Show which bindings a route would change; writes nothing',
  method: 'POST',
  path: '/bindings/route/preview',
  input: previewRouteInput,
  output: routePreviewSchema,
  handler: async (context, input) => (await planRoute(context, input)).preview,
})

function assertPossible({ changes, refused, refusals }: RoutePreview, expected: number | undefined): void {
  const [first] = refusals
  if (first) {
    const others = refused > 1 ? `, and ${refused - 1} more` : ''
    throw new DomainError('refused', `Nothing was changed. ${first.slug}: ${first.reason}${others}.`)
  }
  if (changes === 0) throw new DomainError('refused', 'Nothing would change: the paths are so already.')
  if (expected !== undefined && expected !== changes)
    throw new DomainError('stale', `It is ${changes} bindings by now that change, not ${expected}. Look at them again.`)
}

/** The slugs of all points on the paths before and after. */
async function slugsOfPoints(
  { db }: UseCaseContext,
  changes: readonly { binding: RouteCandidate; outcome: { path: RouteStep[] } }[],
): Promise<Map<string, string>> {
  const ids = new Set(
    changes.flatMap(({ binding, outcome }) => [...binding.path, ...outcome.path].map((step) => step.pointId)),
  )
  const points = await db.prisma.enforcementPoint.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, slug: true },
  })
  return new Map(points.map(({ id, slug }) => [id, slug]))
}

/** Puts one point on the paths of many bindings, or takes it off: all of them or none. */
export const routeBindings = defineCommand({
  name: 'bindings.route',
  summary: 'Put an enforcement point on the paths of many bindings, or take it off',
  method: 'POST',
  path: '/bindings/route',
  input: routeBindingsInput,
  output: z.object({
    changed: z.number().int(),
    already: z.number().int(),
    bindings: z.array(z.string()).describe('Slugs of those that changed: what an undo names'),
  }),
  async handler(context, { expected, reason, ...input }) {
    await lockEstate(context)
    const { point, changes, preview } = await planRoute(context, input)
    assertPossible(preview, expected)
    const paths = changes.map(({ binding, outcome }) => ({ id: binding.id, path: outcome.path }))
    await replacePaths(context.db, paths, context.now)
    await settle(context, { bindings: paths.map(({ id }) => id) })
    const bindings = changes.map(({ binding }) => binding.slug)
    const slugs = await slugsOfPoints(context, changes)
    const told = (path: readonly RouteStep[]) =>
      path.map(({ pointId, mode: how }) => ({ point: slugs.get(pointId) ?? pointId, mode: how }))
    const { mode, position, remove } = input
    const what = remove ? { removedFrom: bindings } : { routed: bindings, mode, position }
    return {
      output: { changed: preview.changes, already: preview.already, bindings },
      event: {
        subjectType: 'enforcement_point',
        subjectId: point.id,
        after: { slug: point.slug, ...what },
        reason,
        changes: changes.map(({ binding: { id, slug, path }, outcome }) => ({
          subjectType: 'binding',
          subjectId: id,
          before: { slug, path: told(path) },
          after: { slug, path: told(outcome.path) },
        })),
      },
    }
  },
})
