import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { registryUseCases as use } from '@/lib/registry/use-cases'
import { delegationGraphUseCases } from './service'

const graphOf = delegationGraphUseCases['delegations.graph']

describe('delegations', () => {
  let registry: TestRegistry
  beforeAll(async () => {
    registry = await testRegistry()
    for (const slug of ['planner', 'finder', 'writer', 'lonely'])
      await registry.run(use['agents.create'], { slug, name: slug })
  })
  afterAll(() => registry.drop())
  const delegate = (from: string, to: string) => registry.run(use['delegations.create'], { from, to, scope: 'Tickets' })
  const graph = (input: Parameters<typeof graphOf.input.parse>[0] & object = {}) => registry.run(graphOf, input)

  /** An active binding of the agent to the tool, as an import brings it. */
  async function bind(agent: string, tool: string, more: { risk?: 'low' | 'high'; actions?: string[] } = {}) {
    const { slug } = await registry.run(use['bindings.create'], { agent, tool, intent: 'Some', risk: 'low', ...more })
    await registry.run(use['bindings.transition'], { binding: slug, version: 1, to: 'approved' })
    await registry.run(use['bindings.transition'], { binding: slug, version: 2, to: 'active' })
    return slug
  }

  it('show each agent with its worst layers, and where privilege widens', async () => {
    await registry.run(use['tools.create'], { slug: 'crm', name: 'CRM', independentPrivileges: 'no' })
    const vault = await registry.run(use['tools.create'], {
      slug: 'vault',
      name: 'Vault',
      independentPrivileges: 'yes',
    })
    await registry.own({ toolId: vault.id }, ['enforcement'])
    await delegate('planner', 'finder')
    await delegate('finder', 'writer')
    await bind('planner', 'crm', { actions: ['read'] })
    await bind('finder', 'crm', { actions: ['read', 'delete'], risk: 'high' })
    await bind('writer', 'vault')
    const { agents, delegations, moreAgents, moreDelegations } = await graph()
    expect({ moreAgents, moreDelegations }).toEqual({ moreAgents: false, moreDelegations: false })
    const bySlug = new Map(agents.map((agent) => [agent.slug, agent]))
    expect([...bySlug.keys()].sort()).toEqual(['finder', 'planner', 'writer'])
    expect(bySlug.get('writer')).toMatchObject({
      depth: 2,
      worst: 'unowned',
      layers: { enforcement: 'owned', identity: 'unowned' },
    })
    const edgeTo = (slug: string) => delegations.find(({ to }) => to === bySlug.get(slug)?.id)
    const crm = { slug: 'crm', name: 'CRM' }
    expect(edgeTo('finder')?.widening).toEqual({
      tools: { rows: [], count: 0 },
      actions: { rows: [{ tool: crm, actions: ['delete'] }], count: 1 },
      risks: { rows: [{ tool: crm, from: 'low', to: 'high' }], count: 1 },
      independentPrivileges: { rows: [], count: 0 },
    })
    expect(edgeTo('writer')?.widening?.tools).toEqual({
      rows: [{ tool: { slug: 'vault', name: 'Vault' }, risk: 'low', independentPrivileges: true }],
      count: 1,
    })
    const { rows } = await registry.run(use['delegations.list'], { q: 'WRITER' })
    expect(rows).toMatchObject([
      { from: { slug: 'finder' }, to: { slug: 'writer' }, widening: { tools: { count: 1 } } },
    ])
    expect((await registry.run(use['delegations.list'], { lifecycle: 'suspended' })).rows).toEqual([])
  })

  it('show the agents within so many steps of one', async () => {
    const slugs = async (agent: string, steps: number) => (await graph({ agent, steps })).agents.map(({ slug }) => slug)
    expect((await slugs('planner', 1)).sort()).toEqual(['finder', 'planner'])
    expect((await slugs('planner', 2)).sort()).toEqual(['finder', 'planner', 'writer'])
    expect((await slugs('finder', 1))[0]).toBe('finder')
    expect(await slugs('lonely', 2)).toEqual(['lonely'])
    expect(await refusalOf(graph({ agent: 'no-such-agent' }))).toMatchObject({ code: 'not_found' })
    const bounded = await graph({ limit: 2 })
    expect(bounded).toMatchObject({ moreAgents: true, agents: { length: 2 }, delegations: { length: 1 } })
  })

  it('to oneself, twice, or around in a loop are refused by hand, and say why', async () => {
    expect(await refusalOf(delegate('planner', 'planner'))).toMatchObject({ code: 'refused', fields: ['to'] })
    expect(await refusalOf(delegate('planner', 'finder'))).toMatchObject({ code: 'conflict' })
    expect(await refusalOf(delegate('finder', 'planner'))).toMatchObject({
      code: 'refused',
      message: 'It would close a loop: finder → planner → finder.',
    })
    expect((await refusalOf(delegate('writer', 'planner'))).message).toBe(
      'It would close a loop: writer → planner → finder → writer.',
    )
  })

  it('of a chain of 1,000 are walked, drawn and kept from closing', async () => {
    const { prisma } = registry.database
    const at = registry.now()
    const ids = [...Array(1000).keys()].map(() => v7())
    const times = { createdAt: at, updatedAt: at }
    await prisma.agent.createMany({
      data: ids.map((id, n) => ({ id, slug: `c${n}`, name: `C${n}`, lifecycle: 'active', source: 'test', ...times })),
    })
    await prisma.delegation.createMany({
      data: ids.slice(1).map((id, n) => ({
        id: v7(),
        fromAgentId: ids[n] ?? '',
        toAgentId: id,
        source: 'test',
        createdAt: at,
      })),
    })
    expect((await refusalOf(delegate('c999', 'c0'))).message).toBe(
      'It would close a loop: C999 → C0 → C1 → 994 more → C996 → C997 → C998 → C999.',
    )
    expect(await graph()).toMatchObject({ moreAgents: true, agents: { length: 500 } })
    // What an import may bring: the loop is closed nevertheless, and everything still ends.
    const back = { id: v7(), fromAgentId: ids[999] ?? '', toAgentId: ids[0] ?? '', source: 'test', createdAt: at }
    await prisma.delegation.create({ data: back })
    const around = await graph({ agent: 'c0', steps: 20 })
    expect(around.agents).toHaveLength(41)
    expect((await refusalOf(delegate('c3', 'c1'))).code).toBe('refused')
  })
})
