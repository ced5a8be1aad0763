import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '../testing'
import { registryUseCases as use } from '../use-cases'

describe('tools and enforcement points', () => {
  let registry: TestRegistry
  beforeAll(async () => {
    registry = await testRegistry()
    await registry.run(use['teams.create'], { name: 'Platform', function: 'platform' })
    await registry.run(use['points.create'], { name: 'Edge', kind: 'gateway', team: 'platform' })
    await registry.run(use['points.create'], { name: 'CRM app', kind: 'application', independentPrivileges: 'yes' })
  })
  afterAll(() => registry.drop())
  beforeEach(() => registry.become(systemActor('the test')))

  it('name the application where the work happens, which no gateway is', async () => {
    const { slug } = await registry.run(use['tools.create'], {
      name: 'CRM',
      classification: 'confidential',
      application: 'crm-app',
    })
    const listed = await registry.run(use['tools.list'], { application: 'crm-app', classification: 'confidential' })
    expect(listed.rows).toMatchObject([
      { slug, kind: 'api', application: { slug: 'crm-app' }, bindings: 0, openGaps: 0 },
    ])
    const frontDoor = registry.run(use['tools.update'], { slug, version: 1, application: 'edge' })
    expect(await refusalOf(frontDoor)).toMatchObject({ code: 'refused', fields: ['application'] })
    const point = registry.run(use['points.update'], { slug: 'crm-app', version: 1, kind: 'gateway' })
    expect(await refusalOf(point)).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('application of CRM'),
    })
    expect((await registry.run(use['points.get'], { slug: 'crm-app' })).tools.rows).toMatchObject([{ slug }])
  })

  it('keep their actions, and one audit event an edit', async () => {
    const actions = [{ name: 'read' }, { name: 'delete', destructive: 'yes' as const }]
    const { id, slug } = await registry.run(use['tools.create'], { name: 'Files', kind: 'dataset', actions })
    expect((await registry.run(use['tools.get'], { slug })).actions).toEqual([
      { name: 'read', readOnly: 'unknown', destructive: 'unknown' },
      { name: 'delete', readOnly: 'unknown', destructive: 'yes' },
    ])
    await registry.run(use['tools.update'], { slug, version: 1, independentPrivileges: 'no', actions })
    expect((await registry.eventsOf(id)).map((event) => [event.action, event.before])).toEqual([
      ['tools.create', null],
      ['tools.update', { slug, independentPrivileges: 'unknown' }],
    ])
    const stale = registry.run(use['tools.update'], { slug, version: 1, name: 'Other' })
    expect(await refusalOf(stale)).toMatchObject({ code: 'stale', fields: ['independentPrivileges'] })
  })

  it('are retired together with their bindings, for good', async () => {
    const { id, slug } = await registry.run(use['tools.create'], { name: 'Old' })
    const agent = await registry.run(use['agents.create'], { name: 'User of old' })
    const binding = await registry.run(use['bindings.create'], { agent: agent.slug, tool: slug })
    const retired = await registry.run(use['tools.update'], {
      slug,
      version: 1,
      lifecycle: 'retired',
      reason: 'Replaced',
    })
    expect(retired.revokedBindings).toEqual([binding.slug])
    expect((await registry.eventsOf(id)).at(-1)).toMatchObject({
      before: { slug, lifecycle: 'active' },
      after: { slug, lifecycle: 'retired', revokedBindings: [binding.slug] },
      reason: 'Replaced',
    })
    const back = registry.run(use['tools.update'], { slug, version: 2, lifecycle: 'active' })
    expect(await refusalOf(back)).toMatchObject({ code: 'wrong_state' })
  })

  it('are edited by builders, with the reference checked', async () => {
    const bad = registry.run(use['points.create'], { name: 'Broker', kind: 'broker', team: 'no-such-team' })
    expect(await refusalOf(bad)).toMatchObject({ code: 'invalid_input', fields: ['team'] })
    registry.become(actorWith('member'))
    expect(await refusalOf(registry.run(use['tools.create'], { name: 'Mine' }))).toMatchObject({ code: 'forbidden' })
    const edit = registry.run(use['points.update'], { slug: 'edge', version: 1, team: null })
    expect(await refusalOf(edit)).toMatchObject({ code: 'forbidden' })
  })

  it('show the team that runs a point, and one audit event an edit', async () => {
    const before = await registry.run(use['points.get'], { slug: 'edge' })
    expect(before).toMatchObject({ team: { slug: 'platform' }, kind: 'gateway', tools: { rows: [] } })
    expect((await registry.run(use['points.list'], { team: 'platform,iam' })).rows).toMatchObject([{ slug: 'edge' }])
    expect((await registry.run(use['points.list'], { independentPrivileges: 'yes' })).rows).toMatchObject([
      { slug: 'crm-app' },
    ])
    await registry.run(use['points.update'], { slug: 'edge', version: 1, team: null })
    expect((await registry.eventsOf(before.id)).at(-1)).toMatchObject({
      action: 'points.update',
      before: { slug: 'edge', team: 'platform' },
      after: { slug: 'edge', team: null },
    })
    expect((await registry.run(use['points.list'], { kind: 'gateway,broker' })).rows).toMatchObject([
      { slug: 'edge', team: null, bindings: 0 },
    ])
    const stale = registry.run(use['points.update'], { slug: 'edge', version: 1, name: 'Other' })
    expect(await refusalOf(stale)).toMatchObject({ code: 'stale', fields: ['team'] })
  })
})
