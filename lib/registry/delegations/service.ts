import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { pageOf } from '@/lib/http/page'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { defined } from '../changes'
import { agentNamed } from '../references'
import { loopWords } from './loop'
import { createDelegationInput, delegationRowSchema, listDelegationsInput, removeDelegationInput } from './model'
import { findChain, findDelegations, getDelegation } from './store'

const listDelegations = defineQuery({
  name: 'delegations.list',
  summary: 'Which agents may call which',
  method: 'GET',
  path: '/delegations',
  input: listDelegationsInput,
  output: pageOf(delegationRowSchema),
  handler: ({ db }, input) => findDelegations(db, input),
})

/**
 * A loop is not closed by hand. Imports let loops in, as sources have them: a gap rule names them, and nothing that
 * walks the edges hangs on one.
 */
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
    if (from.id === to.id)
      throw new DomainError('refused', 'An agent cannot delegate to itself.', {
        fields: [{ field: 'to', message: 'Choose another agent than the one that calls' }],
      })
    const retired = [from, to].find((agent) => agent.lifecycle === 'retired')
    if (retired) throw new DomainError('refused', `${retired.name} is retired.`)
    const ends = { fromAgentId: from.id, toAgentId: to.id }
    const standing = await context.db.prisma.delegation.findUnique({ where: { fromAgentId_toAgentId: ends } })
    if (standing) throw new DomainError('conflict', `${from.name} delegates to ${to.name} already.`)
    const back = await findChain(context.db, to.id, from.id)
    if (back)
      throw new DomainError('refused', `It would close a loop: ${loopWords([from.name, ...back.slice(0, -1)])}.`, {
        fields: [{ field: 'to', message: `${to.name} leads back to ${from.name}` }],
      })
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
