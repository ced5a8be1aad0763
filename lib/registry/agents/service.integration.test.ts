import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '../testing'
import { registryUseCases as use } from '../use-cases'

describe('agents', () => {
  let registry: TestRegistry
  beforeAll(async () => {
    registry = await testRegistry()
  })
  afterAll(() => registry.drop())
  beforeEach(() => registry.become(systemActor('the test')))

  const propose = (name: string) => registry.run(use['agents.create'], { name })
  const get = (slug: string) => registry.run(use['agents.get'], { slug })

  it('are proposed with a slug made of the name, which no rename changes', async () => {
    const first = await propose('Support Bot (EU)')
    const second = await propose('Support Bot EU')
    expect([first.slug, second.slug]).toEqual(['support-bot-eu', 'support-bot-eu-2'])
    const renamed = await registry.run(use['agents.update'], { slug: first.slug, version: 1, name: 'Helper' })
    expect(renamed).toEqual({ id: first.id, slug: 'support-bot-eu', version: 2 })
    expect(await get('support-bot-eu')).toMatchObject({
      name: 'Helper',
      lifecycle: 'proposed',
      editedFields: ['name'],
      version: 2,
    })
  })

  it('refuse a slug that is taken, naming the field', async () => {
    await registry.run(use['agents.create'], { name: 'Taken', slug: 'taken' })
    const refusal = await refusalOf(registry.run(use['agents.create'], { name: 'Other', slug: 'taken' }))
    expect(refusal).toMatchObject({ code: 'conflict', fields: ['slug'] })
  })

  it('refuse bad input at its field', async () => {
    const bad = registry.run(use['agents.create'], { name: 'A\u0000', environment: 'Not a slug' })
    expect(await refusalOf(bad)).toMatchObject({ code: 'invalid_input', fields: ['name', 'environment'] })
    const unknown = registry.run(use['agents.create'], { name: 'Orphan', sponsor: 'nobody' })
    expect(await refusalOf(unknown)).toMatchObject({ code: 'invalid_input', fields: ['sponsor'] })
    expect(await refusalOf(get('no-such-agent'))).toMatchObject({ code: 'not_found' })
  })

  it('keep a stale edit from overwriting, and say who changed what', async () => {
    const { slug } = await propose('Contested')
    registry.become(actorWith('engineer', { name: 'Ana Ruiz' }))
    await registry.run(use['agents.update'], { slug, version: 1, purpose: 'Answers tickets' })
    const refusal = await refusalOf(registry.run(use['agents.update'], { slug, version: 1, purpose: 'Something else' }))
    expect(refusal).toMatchObject({ code: 'stale', fields: ['purpose'] })
    expect(refusal.message).toContain('Ana Ruiz changed purpose at 2026-11-01T09:00:00.000Z')
    expect(await get(slug)).toMatchObject({ purpose: 'Answers tickets' })
  })

  it('write one audit event each, with only what changed', async () => {
    const sponsor = await registry.run(use['people.create'], { name: 'Sponsor' })
    const { id, slug } = await propose('Audited')
    await registry.run(use['agents.update'], {
      slug,
      version: 1,
      name: 'Audited',
      sponsor: sponsor.externalId,
      reason: 'Asked for',
    })
    await registry.run(use['agents.update'], { slug, version: 2, sponsor: null })
    await registry.run(use['agents.transition'], { slug, version: 3, to: 'active' })
    const events = await registry.eventsOf(id)
    expect(events.map((event) => [event.action, event.before, event.after, event.reason]).slice(1)).toEqual([
      ['agents.update', { slug, sponsor: null }, { slug, sponsor: sponsor.externalId }, 'Asked for'],
      ['agents.update', { slug, sponsor: sponsor.externalId }, { slug, sponsor: null }, null],
      ['agents.transition', { slug, lifecycle: 'proposed' }, { slug, lifecycle: 'active' }, null],
    ])
    const nothing = registry.run(use['agents.update'], { slug, version: 4, name: 'Audited' })
    expect(await refusalOf(nothing)).toMatchObject({ code: 'refused' })
    expect(await registry.eventsOf(id)).toHaveLength(4)
  })

  it('are retired together with their bindings, which the event names', async () => {
    const { id, slug } = await propose('Doomed')
    await registry.run(use['tools.create'], { name: 'Doomed tool' })
    const binding = await registry.run(use['bindings.create'], { agent: slug, tool: 'doomed-tool' })
    const retired = await registry.run(use['agents.transition'], { slug, version: 1, to: 'retired' })
    expect(retired.revokedBindings).toEqual([binding.slug])
    expect(await registry.run(use['bindings.get'], { binding: binding.slug })).toMatchObject({
      state: 'revoked',
      version: 2,
    })
    expect((await registry.eventsOf(id)).at(-1)?.after).toEqual({
      slug,
      lifecycle: 'retired',
      revokedBindings: [binding.slug],
    })
    expect(await refusalOf(registry.run(use['agents.update'], { slug, version: 2, name: 'Again' }))).toMatchObject({
      code: 'wrong_state',
    })
    expect(await refusalOf(registry.run(use['agents.transition'], { slug, version: 2, to: 'active' }))).toMatchObject({
      code: 'wrong_state',
      message: 'A retired agent stays retired.',
    })
  })

  it('are changed by those whose role builds, and by nobody else', async () => {
    registry.become(actorWith('auditor'))
    expect(await refusalOf(propose('Forbidden'))).toMatchObject({ code: 'forbidden' })
    const { rows } = await registry.run(use['agents.list'], {})
    expect(rows.map(({ name }) => name)).not.toContain('Forbidden')
  })

  it('are listed page by page without a repeat or a hole, narrowed and ordered', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `Paged ${index % 3}`)
    for (const name of names) await propose(name)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await registry.run(use['agents.list'], {
        q: 'Paged',
        sort: '-name',
        limit: 2,
        ...(cursor && { cursor }),
      })
      seen.push(...page.rows.map((row) => row.name))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual([...names].sort().reverse())
    const { next } = await registry.run(use['agents.list'], { q: 'Paged', limit: 2 })
    const elsewhere = registry.run(use['agents.list'], { q: 'Other', ...(next && { cursor: next }) })
    expect(await refusalOf(elsewhere)).toMatchObject({ code: 'invalid_cursor' })
    expect((await registry.run(use['agents.list'], { q: '%' })).rows).toEqual([])
    const some = await registry.run(use['agents.list'], { lifecycle: 'active,retired' })
    expect(new Set(some.rows.map((row) => row.lifecycle))).toEqual(new Set(['active', 'retired']))
  })
})
