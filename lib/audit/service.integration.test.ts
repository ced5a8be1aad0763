import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { systemActor } from '@/lib/access/model'
import { importUseCases } from '@/lib/importers/service'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import type { Command } from '@/lib/use-cases/define'
import { runUseCase } from '@/lib/use-cases/run'
import type { Door } from './model'
import { auditUseCases } from './service'

const ana = actorWith('admin', { name: 'Ana' })
const robot = actorWith('engineer', { kind: 'token', name: 'Ben' })

let registry: TestRegistry

/** Runs something as somebody through a door, a minute after what came before. */
async function does(
  actor: typeof ana,
  door: Door,
  name: 'agents.create' | 'teams.create' | 'people.create' | 'tools.create',
  input: object,
) {
  registry.wait(60)
  const { database, now } = registry
  const run = { database, actor, now: now(), newId: () => v7(), requestId: `by ${actor.name}`, door }
  const useCase: Command = useCases[name]
  await runUseCase(useCase, input, run)
}

type ListInput = z.input<(typeof auditUseCases)['audit.list']['input']>
const list = async (input: ListInput) => await registry.run(auditUseCases['audit.list'], input)
const listed = async (input: ListInput) =>
  (await list(input)).rows.map(({ action, subject }) => `${action} ${subject.name ?? subject.type}`)

const organisation = `
apiVersion: pentarch/v1
kind: Estate
people:
  - { id: grace, name: Grace Mutua }
teams:
  - { slug: iam, name: IAM, function: iam, members: [{ person: grace, role: lead }] }
agents:
  - { slug: scout, name: Scout, sponsor: grace, lifecycle: proposed }
tools:
  - { slug: crm, name: CRM, kind: api }
bindings:
  - { agent: scout, tool: crm, environment: production, state: approved }
owners:
  - { layer: identity, scope: agent, subject: scout, team: iam, person: grace, state: accepted }
`

beforeAll(async () => {
  registry = await testRegistry()
  await does(ana, 'screen', 'people.create', { name: 'Hana Kim', externalId: 'hana' })
  await does(ana, 'screen', 'agents.create', { name: 'Claims payer', reason: 'The claims team asked for it' })
  await does(robot, 'api', 'agents.create', { name: 'Fraud scorer' })
  await does(robot, 'cli', 'tools.create', { name: 'Payments', kind: 'api' })
  await does(ana, 'screen', 'teams.create', {
    name: 'Payments team',
    function: 'application',
    members: [{ person: 'hana', role: 'lead' }],
  })
  registry.wait(60)
  registry.become(systemActor('the importer'))
  const files = [{ name: 'organisation.yaml', contentBase64: Buffer.from(organisation).toString('base64') }]
  await registry.run(importUseCases['imports.apply'], { kind: 'estate', files })
  registry.become(ana)
})
afterAll(() => registry.drop())

describe('audit.list', () => {
  it.each<[string, () => ListInput, string[]]>([
    ['of an account', () => ({ actor: String(robot.id) }), ['tools.create Payments', 'agents.create Fraud scorer']],
    ['of tokens', () => ({ actorKind: 'token' }), ['tools.create Payments', 'agents.create Fraud scorer']],
    ['of a part of Pentarch', () => ({ actor: 'the importer' }), ['imports.apply estate: organisation.yaml']],
    ['by an action', () => ({ action: 'tools.create' }), ['tools.create Payments']],
    [
      'by a group of actions',
      () => ({ action: 'agents.*' }),
      ['agents.create Fraud scorer', 'agents.create Claims payer'],
    ],
    [
      'by a group and an action',
      () => ({ action: 'agents.*,tools.create', actorKind: 'account' }),
      ['agents.create Claims payer'],
    ],
    ['of a kind of subject', () => ({ subjectType: 'team' }), ['teams.create Payments team']],
    ['by door', () => ({ door: 'cli,import' }), ['imports.apply estate: organisation.yaml', 'tools.create Payments']],
    ['by a door nobody noted', () => ({ door: 'unknown' }), []],
    ['by request', () => ({ requestId: 'by Ben' }), ['tools.create Payments', 'agents.create Fraud scorer']],
    [
      'from and until an instant',
      () => ({ from: '2026-11-01T09:02:00Z', until: '2026-11-01T09:04:00.000Z' }),
      ['agents.create Fraud scorer', 'agents.create Claims payer'],
    ],
    [
      'with all of it',
      () => ({ actor: String(ana.id), action: 'people.*', door: 'screen', subjectType: 'person' }),
      ['people.create Hana Kim'],
    ],
  ])('finds what was done %s', async (_, input, expected) => {
    expect(await listed(input())).toEqual(expected)
    const { count, more } = await registry.run(auditUseCases['audit.count'], input())
    expect([count, more]).toEqual([expected.length, false])
    expect(await listed({ ...input(), sort: 'at' })).toEqual(expected.toReversed())
  })

  it('refuses an action that is none, and a kind of thing without history', async () => {
    expect(await refusalOf(list({ action: "agents' OR 1=1" }))).toMatchObject({
      code: 'invalid_input',
      fields: ['action'],
    })
    expect(await refusalOf(list({ about: 'weather:today' }))).toMatchObject({
      code: 'invalid_input',
      fields: ['about'],
    })
    expect(await refusalOf(list({ about: 'agent:nobody' }))).toMatchObject({ code: 'not_found' })
  })

  it('pages in both orders while others write: nothing twice, nothing of what was there left out', async () => {
    const all = (await list({})).rows.map(({ id }) => id)
    for (const sort of ['-at', 'at'] as const) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await list({ sort, limit: 2, ...(cursor && { cursor }) })
        seen.push(...page.rows.map(({ id }) => id))
        cursor = page.next ?? undefined
        if (seen.length < all.length) await does(ana, 'screen', 'people.create', { name: `Newcomer ${seen.length}` })
      } while (cursor && seen.length < 40)
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.filter((id) => all.includes(id))).toEqual(sort === 'at' ? all.toReversed() : all)
    }
  })

  it('answers what was recorded after an event', async () => {
    const [newest] = (await list({ limit: 1 })).rows
    expect(await listed({ after: Number(newest?.sequence) })).toEqual([])
    await does(ana, 'screen', 'people.create', { name: 'Somebody new' })
    expect(await listed({ after: Number(newest?.sequence) })).toEqual(['people.create Somebody new'])
  })
})

describe('the history of a thing', () => {
  it('tells what an import did to it and to what belongs to it, each from what to what', async () => {
    const { rows } = await list({ about: 'agent:scout' })
    expect(rows.map(({ subject, door }) => [subject.type, subject.name, door])).toEqual([
      ['assignment', 'Identity of Scout', 'import'],
      ['binding', 'Scout → CRM (production)', 'import'],
      ['agent', 'Scout', 'import'],
    ])
    expect(rows.at(-1)).toMatchObject({
      before: null,
      after: { slug: 'scout', name: 'Scout', sponsor: 'grace' },
      names: { people: { grace: 'Grace Mutua' } },
    })
    expect((await list({ about: 'tool:crm' })).rows.map(({ subject }) => subject.type)).toEqual(['binding', 'tool'])
    expect(await listed({ about: 'team:iam' })).toEqual(['imports.apply Identity of Scout', 'imports.apply IAM'])
    expect(await listed({ about: 'person:hana' })).toEqual(['teams.create Payments team', 'people.create Hana Kim'])
  })

  it('tells of a removed delegation at both its ends, and of owners that were replaced at their team', async () => {
    const { id } = await registry.run(useCases['delegations.create'], { from: 'claims-payer', to: 'fraud-scorer' })
    registry.wait(60)
    await registry.run(useCases['delegations.remove'], { id })
    expect((await listed({ about: 'agent:fraud-scorer' })).slice(0, 2)).toEqual([
      'delegations.remove delegation',
      'delegations.create delegation',
    ])
    registry.wait(60)
    const targets = [{ layer: 'identity' as const, scope: 'agent' as const, subject: 'scout' }]
    await registry.run(useCases['assignments.create'], { targets, team: 'payments-team', reason: 'They run it' })
    const { rows } = await list({ about: 'team:iam', limit: 1 })
    expect(rows[0]).toMatchObject({ action: 'assignments.create', after: { state: 'ended' }, reason: 'They run it' })
    expect(await listed({ about: 'agent:scout', limit: 2 })).toHaveLength(2)
  })

  it('cannot be added to afterwards, nor rewritten', async () => {
    const { execute } = registry.database
    const { sql } = await import('@/lib/db/sql')
    const [event] = (await list({ action: 'imports.apply' })).rows
    await expect(
      execute(
        sql`INSERT INTO audit_change (event_id, subject_type, subject_id) VALUES (${event?.id}::uuid, 'agent', gen_random_uuid())`,
      ),
    ).rejects.toThrow('its changes are complete')
    for (const statement of [
      sql`UPDATE audit_change SET subject_type = 'tool'`,
      sql`DELETE FROM audit_change`,
      sql`TRUNCATE audit_change`,
      sql`DELETE FROM audit_about`,
    ])
      await expect(execute(statement)).rejects.toThrow()
  })
})

describe('audit.get', () => {
  it('shows an event with the records that it changed', async () => {
    const [event] = (await list({ action: 'imports.apply' })).rows
    const one = await registry.run(auditUseCases['audit.get'], { id: String(event?.id) })
    expect(one).toMatchObject({ door: 'import', moreChanges: false, subject: { page: { type: 'import' } } })
    expect(one.changes.map(({ subject }) => subject.type)).toEqual([
      'person',
      'team',
      'agent',
      'tool',
      'binding',
      'assignment',
    ])
    expect(await refusalOf(registry.run(auditUseCases['audit.get'], { id: v7() }))).toMatchObject({ code: 'not_found' })
  })

  it('finds accounts by a part of their name', async () => {
    await registry.database.prisma.account.create({
      data: { id: v7(), email: 'x@example.org', name: 'Mei Tanaka', passwordHash: '', role: 'auditor' },
    })
    const { rows } = await registry.run(auditUseCases['audit.actors'], { q: 'tana' })
    expect(rows.map(({ name }) => name)).toEqual(['Mei Tanaka'])
  })
})
