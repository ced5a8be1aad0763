import { z } from 'zod'
import { hasServiceAccount } from '@/lib/access/service-accounts/store'
import { lockEstate, settle } from '@/lib/estate/settle'
import { pageOf } from '@/lib/http/page'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { changesBetween, defined, editEntry, editedWith, type Fields } from '../changes'
import { slugSchema } from '../model'
import { optional, personNamed } from '../references'
import { assertMayRestrict } from '../restricted'
import { knownSlugs, revokeBindingsOf, revokedChanges } from '../revoke'
import { savedSchema } from '../shapes'
import { claimSlug } from '../slug'
import { assertFresh } from '../stale'
import { canAgent } from './lifecycle'
import {
  agentDetailSchema,
  agentRowSchema,
  createAgentInput,
  listAgentsInput,
  transitionAgentInput,
  updateAgentInput,
} from './model'
import { describeAgent, findAgents, getAgent, type StoredAgent } from './store'

async function agentCalled(context: UseCaseContext, slug: string): Promise<StoredAgent> {
  const agent = await getAgent(context.db, slug)
  if (!agent) throw notFound(`The agent "${slug}"`)
  return agent
}

/** The editable fields as an edit names them. */
function fieldsOf(agent: StoredAgent): Fields {
  return {
    name: agent.name,
    purpose: agent.purpose,
    sponsor: agent.sponsor?.externalId ?? null,
    autonomy: agent.autonomy,
    environment: agent.environment,
    identity: agent.identityPrimitive && { primitive: agent.identityPrimitive, id: agent.identityId },
    decisionLog: agent.decisionLogSource,
    restricted: agent.restricted,
  }
}

const listAgents = defineQuery({
  name: 'agents.list',
  summary: 'Agents by name',
  method: 'GET',
  path: '/agents',
  input: listAgentsInput,
  output: pageOf(agentRowSchema),
  handler: ({ db }, input) => findAgents(db, input),
})

const getOneAgent = defineQuery({
  name: 'agents.get',
  summary: 'One agent with its bindings, owners, delegations and gaps',
  method: 'GET',
  path: '/agents/{slug}',
  input: z.strictObject({ slug: slugSchema }),
  output: agentDetailSchema,
  handler: async (context, { slug }) => describeAgent(context.db, await agentCalled(context, slug)),
})

const createAgent = defineCommand({
  name: 'agents.create',
  summary: 'Propose an agent',
  method: 'POST',
  path: '/agents',
  input: createAgentInput,
  output: savedSchema,
  async handler(context, { slug: wantedSlug, reason, ...input }) {
    await lockEstate(context)
    assertMayRestrict(context.actor, false, input.restricted)
    const slug = await claimSlug(context, 'agent', { name: input.name, slug: wantedSlug })
    const sponsor = await optional(input.sponsor, (key) => personNamed(context, 'sponsor', key))
    const { id } = await context.db.prisma.agent.create({
      data: {
        id: context.newId(),
        slug,
        name: input.name,
        lifecycle: 'proposed',
        ...defined({ purpose: input.purpose, autonomy: input.autonomy, environment: input.environment }),
        sponsorId: sponsor?.id ?? null,
        identityPrimitive: input.identity?.primitive ?? null,
        identityId: input.identity?.id ?? null,
        decisionLogSource: input.decisionLogSource ?? null,
        ...defined({ restricted: input.restricted }),
        source: 'person',
        createdAt: context.now,
        updatedAt: context.now,
      },
    })
    await settle(context, { agents: [id] })
    const after = { slug, lifecycle: 'proposed', ...fieldsOf(await agentCalled(context, slug)) }
    return {
      output: { id, slug, version: 1 },
      event: { subjectType: 'agent', subjectId: id, after, ...defined({ reason }) },
    }
  },
})

/** @throws DomainError when it has a service account: what that did stands under the agent's name for everybody to read. */
async function assertActsForNobody({ db }: UseCaseContext, { id, name }: { id: string; name: string }): Promise<void> {
  if (!(await hasServiceAccount(db, id))) return
  const message = `${name} has a service account, and what that did stands under its name for everybody to read`
  throw new DomainError('refused', `${message}.`, { fields: [{ field: 'restricted', message }] })
}

const updateAgent = defineCommand({
  name: 'agents.update',
  summary: 'Edit an agent',
  method: 'PATCH',
  path: '/agents/{slug}',
  input: updateAgentInput,
  output: savedSchema,
  async handler(context, { slug, version, reason, ...input }) {
    await lockEstate(context)
    const agent = await agentCalled(context, slug)
    await assertFresh(context, { type: 'agent', ...agent }, version)
    const verdict = canAgent.edit(agent)
    if (verdict !== true) throw new DomainError('wrong_state', verdict)
    assertMayRestrict(context.actor, agent.restricted, input.restricted)
    if (input.restricted && !agent.restricted) await assertActsForNobody(context, agent)
    const sponsor = await optional(input.sponsor, (key) => personNamed(context, 'sponsor', key))
    const { name, purpose, autonomy, environment, identity, decisionLogSource, restricted } = input
    const changes = changesBetween(fieldsOf(agent), {
      name,
      purpose,
      autonomy,
      environment,
      identity,
      sponsor: sponsor?.externalId,
      decisionLog: decisionLogSource,
      restricted,
    })
    await context.db.prisma.agent.update({
      where: { id: agent.id },
      data: {
        ...defined({ name, purpose, autonomy, environment, decisionLogSource, restricted, sponsorId: sponsor?.id }),
        ...(identity !== undefined && {
          identityPrimitive: identity?.primitive ?? null,
          identityId: identity?.id ?? null,
        }),
        editedFields: editedWith(agent.editedFields, changes.fields),
        version: version + 1,
        updatedAt: context.now,
      },
    })
    await settle(context, { agents: [agent.id] })
    return {
      output: { id: agent.id, slug, version: version + 1 },
      event: editEntry({ type: 'agent', id: agent.id, slug }, changes, reason),
    }
  },
})

const transitionAgent = defineCommand({
  name: 'agents.transition',
  summary: 'Adopt, activate, suspend, resume or retire an agent; retiring revokes its bindings',
  method: 'POST',
  path: '/agents/{slug}/transition',
  input: transitionAgentInput,
  output: savedSchema.extend({
    revokedBindings: z.array(z.string()).describe('Slugs of the bindings revoked with it'),
  }),
  async handler(context, { slug, version, to, reason }) {
    await lockEstate(context)
    const agent = await agentCalled(context, slug)
    await assertFresh(context, { type: 'agent', ...agent }, version)
    const verdict = canAgent.move(agent, to)
    if (verdict !== true) throw new DomainError('wrong_state', verdict)
    await context.db.prisma.agent.update({
      where: { id: agent.id },
      data: {
        lifecycle: to,
        editedFields: editedWith(agent.editedFields, ['lifecycle']),
        version: version + 1,
        updatedAt: context.now,
      },
    })
    const revoked = to === 'retired' ? await revokeBindingsOf(context, 'agent', agent.id) : []
    await settle(context, { agents: [agent.id], bindings: revoked.map((binding) => binding.id) })
    const revokedBindings = revoked.map((binding) => binding.slug)
    const known = await knownSlugs(context, revoked)
    return {
      output: { id: agent.id, slug, version: version + 1, revokedBindings: known },
      event: {
        ...editEntry(
          { type: 'agent', id: agent.id, slug },
          {
            before: { lifecycle: agent.lifecycle },
            after: { lifecycle: to, ...(revoked.length > 0 && { revokedBindings }) },
          },
          reason,
        ),
        changes: revokedChanges(revoked),
      },
    }
  },
})

export const agentUseCases = {
  'agents.list': listAgents,
  'agents.get': getOneAgent,
  'agents.create': createAgent,
  'agents.update': updateAgent,
  'agents.transition': transitionAgent,
}
