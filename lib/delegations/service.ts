import { ownerStatuses } from '@/lib/ownership/model'
import { policyOf } from '@/lib/settings/store'
import { defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import { getGraph } from './graph-store'
import { type DelegationGraph, type GraphAgent, type GraphInput, graphInput, graphLimits, graphSchema } from './model'
import { reachOf } from './reach-store'
import { graphShape } from './shape'
import { wideningBetween } from './show'

const worstOf = (layers: GraphAgent['layers']) =>
  ownerStatuses.findLast((status) => Object.values(layers).includes(status)) ?? null

async function centreOf({ db }: UseCaseContext, { agent: slug, steps }: GraphInput) {
  if (slug === undefined) return null
  const agent = await db.prisma.agent.findUnique({ where: { slug }, select: { id: true } })
  if (!agent) throw notFound(`The agent "${slug}"`)
  return { agentId: agent.id, steps }
}

async function describeGraph(context: UseCaseContext, input: GraphInput): Promise<DelegationGraph> {
  const { db } = context
  const { delegationsMax } = graphLimits
  const found = await getGraph(db, { centre: await centreOf(context, input), agentsMax: input.limit, delegationsMax })
  const agents = found.agents.slice(0, input.limit)
  const delegations = found.delegations.slice(0, delegationsMax)
  const ids = agents.map(({ id }) => id)
  const reaches = await reachOf(db, ids)
  const { looped, depths } = graphShape(ids, delegations)
  const depthMax = (await policyOf(db)).gaps.delegationDepthMax
  return {
    agents: agents.map((agent) => ({ ...agent, worst: worstOf(agent.layers), depth: depths.get(agent.id) ?? 0 })),
    delegations: delegations.map((edge) => ({
      ...edge,
      widening: wideningBetween(reaches, edge.from, edge.to),
      looped: looped.has(edge.id),
      tooDeep: (depths.get(edge.to) ?? 0) > depthMax && !looped.has(edge.id),
    })),
    moreAgents: found.agents.length > agents.length,
    moreDelegations: found.delegations.length > delegations.length,
    depthMax,
  }
}

/** Which agents call which, as a picture: all of them as far as one picture holds, or those around one agent. */
const delegationGraph = defineQuery({
  name: 'delegations.graph',
  summary: 'Agents and the delegations between them, with what widens, loops or runs too deep',
  method: 'GET',
  path: '/delegations/graph',
  input: graphInput,
  output: graphSchema,
  handler: describeGraph,
})

export const delegationGraphUseCases = { 'delegations.graph': delegationGraph }
