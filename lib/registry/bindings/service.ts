import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { pageOf } from '@/lib/http/page'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { changesBetween, defined, editEntry, editedWith } from '../changes'
import { agentNamed, toolNamed } from '../references'
import { savedSchema } from '../shapes'
import { assertFresh } from '../stale'
import { bindingCalled } from './called'
import { describeBinding } from './detail'
import { planEdit, presentOf } from './edit'
import {
  bindingDetailSchema,
  bindingKeySchema,
  bindingRowSchema,
  createBindingInput,
  listBindingsInput,
  updateBindingInput,
} from './model'
import { previewRoute, routeBindings } from './route'
import { canBinding } from './state'
import { findBindings, getBinding, replacePath } from './store'
import { transitionBinding } from './transition'

const listBindings = defineQuery({
  name: 'bindings.list',
  summary: 'Bindings of agents to tools',
  method: 'GET',
  path: '/bindings',
  input: listBindingsInput,
  output: pageOf(bindingRowSchema),
  handler: ({ db }, input) => findBindings(db, input),
})

const getOneBinding = defineQuery({
  name: 'bindings.get',
  summary: 'One binding with its five owners, its enforcement path and gaps',
  method: 'GET',
  path: '/bindings/{binding}',
  input: z.strictObject({ binding: bindingKeySchema }),
  output: bindingDetailSchema,
  handler: async (context, { binding }) => describeBinding(context, await bindingCalled(context, binding)),
})

const createBinding = defineCommand({
  name: 'bindings.create',
  summary: 'Request access of an agent to a tool',
  method: 'POST',
  path: '/bindings',
  input: createBindingInput,
  output: savedSchema,
  async handler(context, { agent: agentSlug, tool: toolSlug, environment: wantedEnvironment, reason, ...input }) {
    await lockEstate(context)
    const agent = await agentNamed(context, 'agent', agentSlug)
    const tool = await toolNamed(context, 'tool', toolSlug)
    const verdict = canBinding.create({ agent, tool })
    if (verdict !== true) throw new DomainError('refused', verdict)
    const environment = wantedEnvironment ?? agent.environment
    const slug = `${agent.slug}/${tool.slug}@${environment}`
    const standing = await getBinding(context.db, slug)
    if (standing) throw new DomainError('conflict', `${slug} is there already and is ${standing.state}.`)
    const { columns, path } = await planEdit(context, null, input, tool.application?.slug ?? null)
    const { id } = await context.db.prisma.binding.create({
      data: {
        id: context.newId(),
        slug,
        toolSlug: tool.slug,
        agentId: agent.id,
        toolId: tool.id,
        environment,
        state: 'requested',
        ...columns,
        source: 'person',
        createdAt: context.now,
        updatedAt: context.now,
      },
    })
    if (path) await replacePath(context.db, id, path)
    await settle(context, { bindings: [id] })
    const { fields } = await presentOf(context, await bindingCalled(context, id))
    return {
      output: { id, slug, version: 1 },
      event: {
        subjectType: 'binding',
        subjectId: id,
        after: { slug, state: 'requested', ...fields },
        ...defined({ reason }),
      },
    }
  },
})

const updateBinding = defineCommand({
  name: 'bindings.update',
  summary: 'Edit a binding, or approve its intent',
  method: 'PATCH',
  path: '/bindings/{binding}',
  input: updateBindingInput,
  output: savedSchema,
  async handler(context, { binding: key, version, reason, ...input }) {
    await lockEstate(context)
    const binding = await bindingCalled(context, key)
    const { id, slug } = binding
    await assertFresh(context, { type: 'binding', ...binding }, version)
    const verdict = canBinding.edit(binding)
    if (verdict !== true) throw new DomainError('wrong_state', verdict)
    const present = await presentOf(context, binding)
    const { wanted, columns, path } = await planEdit(
      context,
      present.intent,
      input,
      binding.tool.application?.slug ?? null,
    )
    const changes = changesBetween(present.fields, wanted)
    if (path) await replacePath(context.db, id, path)
    await context.db.prisma.binding.update({
      where: { id },
      data: {
        ...columns,
        editedFields: editedWith(binding.editedFields, changes.fields),
        version: version + 1,
        updatedAt: context.now,
      },
    })
    await settle(context, { bindings: [id] })
    return {
      output: { id, slug, version: version + 1 },
      event: editEntry({ type: 'binding', id, slug }, changes, reason),
    }
  },
})

export const bindingUseCases = {
  'bindings.list': listBindings,
  'bindings.get': getOneBinding,
  'bindings.create': createBinding,
  'bindings.update': updateBinding,
  'bindings.transition': transitionBinding,
  'bindings.previewRoute': previewRoute,
  'bindings.route': routeBindings,
}
