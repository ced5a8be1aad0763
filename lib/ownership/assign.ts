import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { lockEstate } from '@/lib/estate/settle'
import { layerIds, layerOf } from '@/lib/layers'
import { externalIdSchema, reasonSchema, slugSchema } from '@/lib/registry/model'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { findAssignments } from './assignment-store'
import { assignmentSchema, deputiesMax, ownershipScopes } from './model'
import { nameOwners } from './name-owners'
import { namedChanges } from './named-changes'
import { ownerNamed } from './owner-named'
import { subjectIdsOf, type Target } from './target-store'

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
  deputies: z
    .array(externalIdSchema)
    .max(deputiesMax)
    .optional()
    .describe('External ids of who is asked, in this order, when the accountable person leaves'),
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
    const { db, now } = context
    const validFrom = input.validFrom ? new Date(input.validFrom) : now
    if (validFrom.getTime() < now.getTime() - 60_000)
      throw new DomainError('refused', 'An owner cannot be set for the past.')
    const owner = await ownerNamed(context, input)
    const targets = await targetsOf(context, input.targets)
    const changes = targets.map((target, index) => ({ target, owner, expected: input.targets[index]?.expected }))
    const { created, ended, unchanged } = await nameOwners(context, changes, { reason: input.reason, validFrom })
    const assignments = await findAssignments(db, { ids: created }, created.length)
    const named = assignments.map(({ id, name }) => ({ id, name, team: input.team, person: input.person }))
    return {
      output: { assignments, unchanged },
      event: {
        subjectType: 'assignment',
        subjectId: created.length === 1 ? String(created[0]) : 'several',
        before: { ended },
        after: toJson(named),
        reason: input.reason,
        changes: namedChanges(named, ended),
      },
    }
  },
})
