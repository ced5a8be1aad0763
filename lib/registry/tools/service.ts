import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { lockEstate, settle } from '@/lib/estate/settle'
import { pageOf } from '@/lib/http/page'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { changesBetween, defined, editEntry, editedWith, type Fields } from '../changes'
import { slugSchema } from '../model'
import { optional, pointNamed } from '../references'
import { assertMayRestrict } from '../restricted'
import { knownSlugs, revokeBindingsOf, revokedChanges } from '../revoke'
import { savedSchema } from '../shapes'
import { claimSlug } from '../slug'
import { assertFresh } from '../stale'
import { canTool } from './lifecycle'
import { createToolInput, listToolsInput, toolDetailSchema, toolRowSchema, updateToolInput } from './model'
import { describeTool, findTools, getTool, type StoredTool } from './store'

async function toolCalled(context: UseCaseContext, slug: string): Promise<StoredTool> {
  const tool = await getTool(context.db, slug)
  if (!tool) throw notFound(`The tool "${slug}"`)
  return tool
}

/** The point where the tool's work happens. A front door is none: it must not stand in for the application. */
async function applicationNamed(context: UseCaseContext, slug: string) {
  const point = await pointNamed(context, 'application', slug)
  if (point.kind === 'application') return point
  const message = `${point.name} is a ${point.kind}; the application is where the work itself happens`
  throw new DomainError('refused', `${message}.`, { fields: [{ field: 'application', message }] })
}

/** The editable fields as an edit names them. */
function fieldsOf(tool: StoredTool): Fields {
  return {
    name: tool.name,
    description: tool.description,
    kind: tool.kind,
    classification: tool.classification,
    independentPrivileges: tool.independentPrivileges,
    application: tool.application?.slug ?? null,
    actions: toJson(tool.actions),
    lifecycle: tool.lifecycle,
    restricted: tool.restricted,
  }
}

const listTools = defineQuery({
  name: 'tools.list',
  summary: 'Tools by name',
  method: 'GET',
  path: '/tools',
  input: listToolsInput,
  output: pageOf(toolRowSchema),
  handler: ({ db }, input) => findTools(db, input),
})

const getOneTool = defineQuery({
  name: 'tools.get',
  summary: 'One tool with its bindings, owners and gaps',
  method: 'GET',
  path: '/tools/{slug}',
  input: z.strictObject({ slug: slugSchema }),
  output: toolDetailSchema,
  handler: async (context, { slug }) => describeTool(context.db, await toolCalled(context, slug)),
})

const createTool = defineCommand({
  name: 'tools.create',
  summary: 'Register a tool',
  method: 'POST',
  path: '/tools',
  input: createToolInput,
  output: savedSchema,
  async handler(context, { slug: wantedSlug, application: applicationSlug, name, reason, ...rest }) {
    await lockEstate(context)
    assertMayRestrict(context.actor, false, rest.restricted)
    const slug = await claimSlug(context, 'tool', { name, slug: wantedSlug })
    const application = await optional(applicationSlug, (key) => applicationNamed(context, key))
    const { id } = await context.db.prisma.tool.create({
      data: {
        id: context.newId(),
        slug,
        name,
        ...defined(rest),
        applicationId: application?.id ?? null,
        source: 'person',
        createdAt: context.now,
        updatedAt: context.now,
      },
    })
    await settle(context, { tools: [id] })
    const after = { slug, ...fieldsOf(await toolCalled(context, slug)) }
    return {
      output: { id, slug, version: 1 },
      event: { subjectType: 'tool', subjectId: id, after, ...defined({ reason }) },
    }
  },
})

const updateTool = defineCommand({
  name: 'tools.update',
  summary: 'Edit or retire a tool; retiring revokes its bindings',
  method: 'PATCH',
  path: '/tools/{slug}',
  input: updateToolInput,
  output: savedSchema.extend({
    revokedBindings: z.array(z.string()).describe('Slugs of the bindings revoked with it'),
  }),
  async handler(context, { slug, version, reason, application: applicationSlug, actions, ...rest }) {
    await lockEstate(context)
    const tool = await toolCalled(context, slug)
    await assertFresh(context, { type: 'tool', ...tool }, version)
    const verdict = canTool.edit(tool)
    if (verdict !== true) throw new DomainError('wrong_state', verdict)
    assertMayRestrict(context.actor, tool.restricted, rest.restricted)
    const application = await optional(applicationSlug, (key) => applicationNamed(context, key))
    const changes = changesBetween(fieldsOf(tool), {
      ...rest,
      application: application?.slug,
      actions: actions && toJson(actions),
    })
    await context.db.prisma.tool.update({
      where: { id: tool.id },
      data: {
        ...defined({ ...rest, actions, applicationId: application?.id }),
        editedFields: editedWith(tool.editedFields, changes.fields),
        version: version + 1,
        updatedAt: context.now,
      },
    })
    const revoked = rest.lifecycle === 'retired' ? await revokeBindingsOf(context, 'tool', tool.id) : []
    await settle(context, { tools: [tool.id], bindings: revoked.map((binding) => binding.id) })
    const revokedBindings = revoked.map((binding) => binding.slug)
    const known = await knownSlugs(context, revoked)
    const after = { ...changes.after, ...(revoked.length > 0 && { revokedBindings }) }
    return {
      output: { id: tool.id, slug, version: version + 1, revokedBindings: known },
      event: {
        ...editEntry({ type: 'tool', id: tool.id, slug }, { before: changes.before, after }, reason),
        changes: revokedChanges(revoked),
      },
    }
  },
})

export const toolUseCases = {
  'tools.list': listTools,
  'tools.get': getOneTool,
  'tools.create': createTool,
  'tools.update': updateTool,
}
