import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { pageOf } from '@/lib/http/page'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { defined } from '../changes'
import { agentNamed } from '../references'
import { createDelegationInput, delegationRowSchema, listDelegationsInput, removeDelegationInput } from './model'
import { findDelegations, getDelegation } from './store'

const listDelegations = defineQuery({
  name: 'delegations.list',
  summary: 'Which agents may call which',
  method: 'GET',
  path: '/delegations',
  input: listDelegationsInput,
  output: pageOf(delegationRowSchema),
  handler: ({ db }, input) => findDelegations(db, input),
})

/** Loops are let in, as sources have them: a gap rule names them, and nothing that walks the edges hangs on one. */
const createDelegation = defineCommand({
  name: 'delegations.create',
  summary: 'Let one agent call another',
  method: 'POST',
  path: '/delegations',
  input: createDelegationInput,
  output: z.object({ id: z.uuid() }),
  async handler(context, { from: fromSlug, to: toSlug, scope, reason }) {
    await lockEstate(context)
    const from = await agentNamed(context, 'from', fromSlug)
    const to = await agentNamed(context, 'to', toSlug)
    if (from.id === to.id) throw new DomainError('refused', 'An agent cannot delegate to itself.')
    const retired = [from, to].find((agent) => agent.lifecycle === 'retired')
    if (retired) throw new DomainError('refused', `${retired.name} is retired.`)
    const ends = { fromAgentId: from.id, toAgentId: to.id }
    const standing = await context.db.prisma.delegation.findUnique({ where: { fromAgentId_toAgentId: ends } })
    if (standing) throw new DomainError('conflict', `${from.name} delegates to ${to.name} already.`)
    const { id } = await context.db.prisma.delegation.create({
      data: { id: context.newId(), ...ends, scope, source: 'person', createdAt: context.now },
    })
    await settle(context, { agents: [from.id, to.id] })
    const after = { from: from.slug, to: to.slug, scope }
    return { output: { id }, event: { subjectType: 'delegation', subjectId: id, after, ...defined({ reason }) } }
  },
})

const removeDelegation = defineCommand({
  name: 'delegations.remove',
  summary: 'Take a delegation away',
  method: 'DELETE',
  path: '/delegations/{id}',
  input: removeDelegationInput,
  output: z.object({ id: z.uuid() }),
  async handler(context, { id, reason }) {
    await lockEstate(context)
    const delegation = await getDelegation(context.db, id)
    if (!delegation) throw notFound('The delegation')
    await context.db.prisma.delegation.delete({ where: { id } })
    await settle(context, { agents: [delegation.from.id, delegation.to.id] })
    const before = { from: delegation.from.slug, to: delegation.to.slug, scope: delegation.scope }
    return { output: { id }, event: { subjectType: 'delegation', subjectId: id, before, ...defined({ reason }) } }
  },
})

export const delegationUseCases = {
  'delegations.list': listDelegations,
  'delegations.create': createDelegation,
  'delegations.remove': removeDelegation,
}
