import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '../testing'
import { registryUseCases as use } from '../use-cases'

describe('bindings and delegations', () => {
  let registry: TestRegistry
  let bot: { id: string; slug: string }
  let count = 0
  beforeAll(async () => {
    registry = await testRegistry()
    bot = await registry.run(use['agents.create'], { name: 'Bot', environment: 'staging' })
    await registry.run(use['points.create'], { name: 'Edge', kind: 'gateway' })
    await registry.run(use['points.create'], { name: 'CRM app', kind: 'application' })
    await registry.run(use['people.create'], { externalId: 'ana', name: 'Ana' })
  })
  afterAll(() => registry.drop())
  beforeEach(() => registry.become(systemActor('the test')))

  /** A binding of the bot to a tool of its own. */
  async function bind(more: { risk?: 'low' | 'critical'; intent?: string } = {}) {
    const tool = await registry.run(use['tools.create'], { name: `Tool ${++count}`, application: 'crm-app' })
    const binding = await registry.run(use['bindings.create'], { agent: bot.slug, tool: tool.slug, ...more })
    return { ...binding, tool }
  }
  const get = (binding: string) => registry.run(use['bindings.get'], { binding })
  const move = (binding: string, version: number, to: 'requested' | 'approved' | 'active' | 'revoked') =>
    registry.run(use['bindings.transition'], { binding, version, to })

  it('are named agent/tool@environment, once, and found by name, address or id', async () => {
    const { id, slug, tool } = await bind()
    expect(slug).toBe(`bot/${tool.slug}@staging`)
    const detail = await get(slug)
    expect(detail).toMatchObject({
      id,
      state: 'requested',
      risk: 'medium',
      intent: null,
      allowlist: null,
      application: { slug: 'crm-app' },
    })
    expect(detail.owners.map((owner) => [owner.layer, owner.status])).toEqual([
      ['identity', 'unowned'],
      ['entitlement', 'unowned'],
      ['privilege', 'unowned'],
      ['enforcement', 'unowned'],
      ['monitoring', 'unowned'],
    ])
    expect(await get(slug.replace('/', '~'))).toEqual(detail)
    expect(await get(id)).toEqual(detail)
    const twice = registry.run(use['bindings.create'], { agent: 'bot', tool: tool.slug })
    expect(await refusalOf(twice)).toMatchObject({
      code: 'conflict',
      message: `${slug} is there already and is requested.`,
    })
  })

  it('show who owns each layer and each point of the path, with the assignment', async () => {
    const { slug, tool } = await bind()
    const team = await registry.own({ toolId: tool.id }, ['enforcement'])
    const path = [
      { point: 'edge', mode: 'enforces' as const },
      { point: 'crm-app', mode: 'trusts_upstream' as const },
    ]
    await registry.run(use['bindings.update'], { binding: slug, version: 1, path })
    const detail = await get(slug)
    expect(
      detail.path.map((step) => [step.position, step.point.slug, step.mode, step.owner?.team.slug ?? null]),
    ).toEqual([
      [0, 'edge', 'enforces', null],
      [1, 'crm-app', 'trusts_upstream', team.slug],
    ])
    expect(detail.owners.find((owner) => owner.layer === 'enforcement')).toMatchObject({
      status: 'owned',
      source: 'tool',
      assignment: { team: { slug: team.slug }, reason: 'For the test', state: 'accepted' },
    })
    expect((await registry.run(use['points.get'], { slug: 'edge' })).bindings.rows).toMatchObject([
      { slug, agent: detail.agent, environment: 'staging', position: 0, steps: 2, mode: 'enforces' },
    ])
    const passing = await registry.run(use['bindings.list'], { point: 'edge' })
    expect(passing.rows).toMatchObject([{ slug }])
    expect((await registry.run(use['bindings.list'], { point: 'no-such-point' })).rows).toEqual([])
    const frontDoor = registry.run(use['bindings.update'], { binding: slug, version: 2, path: [{ point: 'edge' }] })
    expect(await refusalOf(frontDoor)).toMatchObject({ code: 'refused', fields: ['path'] })
  })

  it('are approved by their intent, and ask for approval again when the intent is rewritten', async () => {
    const { slug } = await bind()
    expect(await refusalOf(move(slug, 1, 'approved'))).toMatchObject({ code: 'wrong_state' })
    const ana = await registry.run(use['people.get'], { person: 'ana' })
    registry.become(actorWith('governance_lead', { personId: ana.id }))
    await registry.run(use['bindings.update'], { binding: slug, version: 1, intent: 'Look up the caller' })
    expect(await get(slug)).toMatchObject({
      intent: { text: 'Look up the caller', approvedBy: null, approvedAt: null },
    })
    await move(slug, 2, 'approved')
    const approvedAt = registry.now().toISOString()
    expect(await get(slug)).toMatchObject({
      state: 'approved',
      intent: { approvedBy: { externalId: 'ana' }, approvedAt },
    })
    await registry.run(use['bindings.update'], { binding: slug, version: 3, intent: 'Anything at all' })
    expect(await get(slug)).toMatchObject({ intent: { text: 'Anything at all', approvedAt: null } })
    await registry.run(use['bindings.update'], { binding: slug, version: 4, approveIntent: true })
    expect(await get(slug)).toMatchObject({ intent: { text: 'Anything at all', approvedAt } })
  })

  it('warn when activated with a layer unowned; at critical risk they do not become active', async () => {
    const low = await bind({ intent: 'Some', risk: 'low' })
    await move(low.slug, 1, 'approved')
    const activated = await move(low.slug, 2, 'active')
    expect(activated.warnings).toEqual(['Nobody owns Identity, Entitlement, Privilege, Enforcement, Monitoring here.'])
    expect(await get(low.slug)).toMatchObject({ state: 'active', activeSince: registry.now().toISOString() })

    const critical = await bind({ intent: 'Some', risk: 'critical' })
    await move(critical.slug, 1, 'approved')
    expect(await refusalOf(move(critical.slug, 2, 'active'))).toMatchObject({ code: 'refused' })
    await registry.own({ toolId: critical.tool.id })
    await registry.run(use['bindings.update'], { binding: critical.slug, version: 2, boundary: 'Reads only' })
    expect(await move(critical.slug, 3, 'active')).toMatchObject({ state: 'active', warnings: [], version: 4 })
  })

  it('are refused or let through as the policy in force says, which the page of the binding shows beforehand', async () => {
    const setPolicy = async (activation: object) => {
      const row = { key: 'policy', value: { activation }, updatedAt: registry.now(), updatedBy: 'the test' }
      await registry.database.prisma.setting.upsert({ where: { key: 'policy' }, create: row, update: row })
    }
    const low = await bind({ intent: 'Some', risk: 'low' })
    await move(low.slug, 1, 'approved')
    await setPolicy({ low: 'block', critical: 'off' })
    expect(await get(low.slug)).toMatchObject({ activation: 'block' })
    expect(await refusalOf(move(low.slug, 2, 'active'))).toMatchObject({ code: 'refused' })
    const critical = await bind({ intent: 'Some', risk: 'critical' })
    await move(critical.slug, 1, 'approved')
    expect(await move(critical.slug, 2, 'active')).toMatchObject({ state: 'active', warnings: [] })
    await move(critical.slug, 3, 'revoked')
    await registry.database.prisma.setting.delete({ where: { key: 'policy' } })
  })

  it('go through approval again after a revocation', async () => {
    const { id, slug } = await bind({ intent: 'Some' })
    await move(slug, 1, 'revoked')
    expect(
      await refusalOf(registry.run(use['bindings.update'], { binding: slug, version: 2, risk: 'low' })),
    ).toMatchObject({ code: 'wrong_state' })
    await move(slug, 2, 'requested')
    expect(await refusalOf(move(slug, 3, 'active'))).toMatchObject({ code: 'wrong_state' })
    expect((await registry.eventsOf(id)).map((event) => event.after)).toEqual([
      expect.objectContaining({
        slug,
        state: 'requested',
        intent: { text: 'Some', approvedBy: null, approvedAt: null },
      }),
      { slug, state: 'revoked' },
      { slug, state: 'requested' },
    ])
    expect(await refusalOf(move(slug, 1, 'revoked'))).toMatchObject({ code: 'stale', fields: ['state'] })
  })

  it('edit every field, and refuse what cannot be', async () => {
    const { id, slug } = await bind()
    const reviewedAt = '2026-10-01T00:00:00.000Z'
    await registry.run(use['bindings.update'], {
      binding: slug,
      version: 1,
      actions: ['read'],
      risk: 'high',
      decisionMode: 'runtime',
      credential: { type: 'short_lived', lifetimeSeconds: 900 },
      allowlist: { present: true, reviewedAt: '2026-10-01T02:00:00+02:00', reviewedBy: 'ana' },
    })
    const expected = {
      actions: ['read'],
      risk: 'high',
      decisionMode: 'runtime',
      credential: { type: 'short_lived', lifetimeSeconds: 900 },
    }
    expect(await get(slug)).toMatchObject({
      ...expected,
      allowlist: { present: true, reviewedAt, reviewedBy: { externalId: 'ana' } },
    })
    const after = { slug, ...expected, allowlist: { present: true, reviewedAt, reviewedBy: 'ana' } }
    expect((await registry.eventsOf(id)).at(-1)?.after).toEqual(after)
    const future = { present: true, reviewedAt: '2030-01-01T00:00:00Z' }
    expect(
      await refusalOf(registry.run(use['bindings.update'], { binding: slug, version: 2, allowlist: future })),
    ).toMatchObject({ code: 'refused' })
    expect(await refusalOf(registry.run(use['bindings.get'], { binding: 'nonsense' }))).toMatchObject({
      code: 'invalid_input',
      fields: ['binding'],
    })
    expect(await refusalOf(get('bot/no-such@staging'))).toMatchObject({ code: 'not_found' })
    registry.become(actorWith('auditor'))
    expect(await refusalOf(move(slug, 2, 'revoked'))).toMatchObject({ code: 'forbidden' })
  })

  it.each(['slug', '-slug', 'tool', '-tool', 'risk', '-risk', 'state', '-state'] as const)(
    'are paged by %s without a repeat or a hole',
    async (sort) => {
      const all = await registry.run(use['bindings.list'], { sort, limit: 200 })
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await registry.run(use['bindings.list'], { sort, limit: 2, ...(cursor && { cursor }) })
        seen.push(...page.rows.map((row) => row.slug))
        cursor = page.next ?? undefined
      } while (cursor)
      expect(seen).toEqual(all.rows.map((row) => row.slug))
      expect(seen).toHaveLength(count)
    },
  )

  it('are narrowed by agent, tool, state, risk, environment and text', async () => {
    const { rows } = await registry.run(use['bindings.list'], {
      agent: 'bot',
      state: 'active',
      risk: 'critical,low',
      environment: 'staging',
      q: 'bot/tool',
    })
    expect(rows.map((row) => [row.state, row.risk])).toEqual([
      ['active', 'low'],
      ['active', 'critical'],
    ])
    expect((await registry.run(use['bindings.list'], { tool: 'no-such-tool' })).rows).toEqual([])
    const { bindings } = await registry.run(use['agents.get'], { slug: 'bot' })
    expect(bindings.rows).toHaveLength(count)
    expect(bindings.rows.every((row) => row.owners.length === 5)).toBe(true)
  })

  it('stand beside delegations, which show at both ends', async () => {
    const planner = await registry.run(use['agents.create'], { name: 'Planner' })
    const { id } = await registry.run(use['delegations.create'], { from: planner.slug, to: 'bot', scope: 'tickets' })
    expect((await registry.run(use['agents.get'], { slug: planner.slug })).delegatesTo.rows).toMatchObject([
      { id, agent: { slug: 'bot' }, scope: 'tickets' },
    ])
    expect((await registry.run(use['agents.get'], { slug: 'bot' })).delegatedBy.rows).toMatchObject([
      { id, agent: { slug: 'planner' } },
    ])
    expect((await registry.run(use['delegations.list'], { agent: 'bot' })).rows).toMatchObject([
      { id, from: { slug: 'planner' } },
    ])
    const twice = registry.run(use['delegations.create'], { from: planner.slug, to: 'bot' })
    expect(await refusalOf(twice)).toMatchObject({ code: 'conflict' })
    const self = registry.run(use['delegations.create'], { from: 'bot', to: 'bot' })
    expect(await refusalOf(self)).toMatchObject({ code: 'refused' })
    const unknown = registry.run(use['delegations.create'], { from: 'bot', to: 'nobody' })
    expect(await refusalOf(unknown)).toMatchObject({ code: 'invalid_input', fields: ['to'] })
    await registry.run(use['delegations.remove'], { id, reason: 'Not needed' })
    expect(await refusalOf(registry.run(use['delegations.remove'], { id }))).toMatchObject({ code: 'not_found' })
    expect((await registry.eventsOf(id)).map((event) => [event.action, event.before, event.after])).toEqual([
      ['delegations.create', null, { from: 'planner', to: 'bot', scope: 'tickets' }],
      ['delegations.remove', { from: 'planner', to: 'bot', scope: 'tickets' }, null],
    ])
    registry.become(actorWith('member'))
    expect(await refusalOf(registry.run(use['delegations.create'], { from: 'bot', to: 'planner' }))).toMatchObject({
      code: 'forbidden',
    })
  })
})
