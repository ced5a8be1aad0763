import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordFrom } from '@/lib/db/past'
import { refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'

const reason = 'Named in the quarterly review'

describe('history', () => {
  let registry: TestRegistry
  beforeEach(async () => {
    registry = await testRegistry()
    // The estate counts its changes from the present on: a clock behind it would record them later than it says.
    registry.wait((Date.now() - registry.now().getTime()) / 1000)
    const { run } = registry
    await run(useCases['people.create'], { externalId: 'ana', name: 'Ana' })
    for (const slug of ['iam', 'crm-team'])
      await run(useCases['teams.create'], {
        slug,
        name: `Team ${slug}`,
        function: 'iam',
        members: [{ person: 'ana', role: 'lead' }],
      })
    await run(useCases['agents.create'], { slug: 'bot', name: 'Bot' })
    await run(useCases['tools.create'], { slug: 'crm', name: 'CRM' })
    await run(useCases['bindings.create'], { agent: 'bot', tool: 'crm' })
    registry.wait(3600)
  })
  afterEach(() => registry.drop())

  const assign = (team: string) =>
    registry.run(useCases['assignments.create'], {
      targets: [{ layer: 'identity', scope: 'agent', subject: 'bot' }],
      team,
      reason,
    })
  /** An instant between what was done and what is done next. */
  const later = () => {
    registry.wait(60)
    const instant = registry.now().toISOString()
    registry.wait(60)
    return instant
  }

  it('compares two instants: who answers by now, from whom, and what else changed', async () => {
    await assign('iam')
    const from = later()
    await assign('crm-team')
    await registry.run(useCases['agents.update'], {
      slug: 'bot',
      version: (await registry.run(useCases['agents.get'], { slug: 'bot' })).version,
      purpose: 'Answers tickets',
    })
    const to = later()
    const comparison = await registry.run(useCases['history.compare'], { from, to })
    expect(comparison.counts).toEqual(
      expect.arrayContaining([
        { kind: 'owner', how: 'moved', count: 1 },
        { kind: 'assignment', how: 'added', count: 1 },
        { kind: 'assignment', how: 'changed', count: 1 },
        { kind: 'agent', how: 'changed', count: 1 },
      ]),
    )
    expect(comparison.movedByLayer.find(({ layer }) => layer === 'identity')).toEqual({ layer: 'identity', moved: 1 })

    const owners = await registry.run(useCases['history.changes'], { from, to, kind: 'owner', how: 'moved' })
    expect(owners.rows).toEqual([
      expect.objectContaining({
        how: 'moved',
        thing: {
          slug: 'bot/crm@production',
          name: 'Bot → CRM (production)',
          layer: 'identity',
          page: { type: 'binding', slug: 'bot/crm@production' },
        },
        before: expect.objectContaining({ team: 'iam' }),
        after: expect.objectContaining({ team: 'crm-team' }),
      }),
    ])
    expect(owners.names.teams).toMatchObject({ iam: 'Team iam', 'crm-team': 'Team crm-team' })
    const agents = await registry.run(useCases['history.changes'], { from, to, kind: 'agent' })
    expect(agents.rows).toMatchObject([{ before: { purpose: '' }, after: { purpose: 'Answers tickets' } }])

    const nothing = await registry.run(useCases['history.compare'], { from: to, to: later() })
    expect(nothing.counts).toEqual([])
    const week = await registry.run(useCases['history.compare'], {})
    expect(week.counts).toContainEqual({ kind: 'agent', how: 'added', count: 1 })
  })

  it('refuses instants that nothing can be shown of, by the field that names them', async () => {
    const now = registry.now().toISOString()
    const compare = (from: string, to: string) =>
      refusalOf(registry.run(useCases['history.compare'], { from, to })).then(({ fields }) => fields[0])
    expect(await compare('yesterday', now)).toBe('from')
    expect(await compare(now, '2026-02-30')).toBe('to')
    expect(await compare('1999-01-01', now)).toBe('from')
    expect(await compare(now, '2199-01-01T00:00:00Z')).toBe('to')
    expect(await compare(now, now)).toBe('from')
    expect(await compare(now, new Date(Date.parse(now) - 1000).toISOString())).toBe('from')
  })

  it('tells who owned a layer at one instant, by what was known at another', async () => {
    await assign('iam')
    const then = later()
    registry.wait(30 * 86_400)
    const { database } = registry
    const [owner] = await database.prisma.assignment.findMany()
    if (!owner) throw new Error('Nothing was assigned')
    const before = registry.now().toISOString()
    registry.wait(60)
    // Somebody finds out that another team has answered for it all along.
    const { id, subjectId: _, ...same } = owner
    const other = await database.prisma.team.findUniqueOrThrow({ where: { slug: 'crm-team' } })
    await database.transaction(async (db) => {
      await db.query(recordFrom(registry.now()))
      await db.prisma.assignment.update({ where: { id }, data: { state: 'ended', validTo: owner.validFrom } })
      await db.prisma.assignment.create({
        data: { ...same, id: v7(), teamId: other.id, replacesId: id, state: 'accepted' },
      })
    })
    registry.wait(60)
    const identity = async (at: string, knownAt?: string) => {
      const { layers } = await registry.run(useCases['history.owners'], { agent: 'bot', tool: 'crm', at, knownAt })
      return layers.find(({ layer }) => layer === 'identity')
    }
    expect(await identity(then, before)).toMatchObject({ owner: { team: { slug: 'iam' } }, differs: false })
    expect(await identity(then)).toMatchObject({
      owner: {
        team: { slug: 'crm-team' },
        validFrom: owner.validFrom.toISOString(),
        recordedAt: new Date(Date.parse(before) + 60_000).toISOString(),
      },
      thought: { team: { slug: 'iam' } },
      differs: true,
    })
    expect(await identity('2020-01-01')).toMatchObject({ owner: null, differs: null })
    expect(await identity('2199-01-01')).toMatchObject({ owner: { team: { slug: 'crm-team' } }, differs: null })
  })
})
