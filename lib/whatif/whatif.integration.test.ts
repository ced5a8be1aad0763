import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { lockEstate, settle } from '@/lib/estate/settle'
import { evaluateEverything } from '@/lib/gaps/reevaluate'
import { randomOf } from '@/lib/gaps/testing/random'
import { seedRandomEstate } from '@/lib/gaps/testing/random-estate'
import { importUseCases } from '@/lib/importers/service'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { NamedChange } from './model'
import { whatIfUseCases } from './service'

let registry: TestRegistry
beforeEach(async () => {
  registry = await testRegistry()
})
afterEach(() => registry.drop())

const contextOf = (db: Db): UseCaseContext => ({
  db,
  now: registry.now(),
  actor: systemActor('test'),
  newId: v7,
  requestId: 'test',
})

const preview = (changes: NamedChange[]) => registry.run(whatIfUseCases['whatif.preview'], { changes })
const doIt = async (changes: NamedChange[], fingerprint: string) =>
  await registry.run(whatIfUseCases['whatif.apply'], { changes, fingerprint, reason: 'Reorganisation' })

/** The gaps there are, by what a person would call the same. */
async function gaps(): Promise<Map<string, string>> {
  const rows = await registry.database.query<{ key: string; severity: string }>(sql`
    SELECT concat_ws('|', rule, subject_type, subject_slug, layer, affected, explanation) AS key, severity::text FROM gap
    WHERE state NOT IN ('resolved', 'excepted')`)
  return new Map(rows.map(({ key, severity }) => [key, severity]))
}

/** How every cell of an active binding stands. */
async function cells(): Promise<Map<string, string>> {
  const rows = await registry.database.query<{ cell: string; owner: string }>(sql`
    SELECT b.slug || ' ' || e.layer AS cell, e.status || ' ' || COALESCE(t.slug, '') AS owner
    FROM effective_owner e JOIN binding b ON b.id = e.binding_id LEFT JOIN team t ON t.id = e.team_id
    WHERE b.state = 'active'`)
  return new Map(rows.map(({ cell, owner }) => [cell, owner]))
}

const missingFrom = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
  [...other.keys()].filter((key) => !one.has(key)).length

async function estateOf(seed: number) {
  const random = randomOf(seed)
  const { database } = registry
  const estate = await seedRandomEstate(database, random, registry.now())
  for (let step = 0; step < 80; step += 1) {
    await database.transaction(async (db) => {
      const context = contextOf(db)
      await lockEstate(context)
      await settle(context, await estate.edit(db, registry.now()))
    })
  }
  await database.transaction((db) => evaluateEverything(contextOf(db)))
  return random
}

/** A change that can be made now, if the dice find one. */
async function anyChange(random: ReturnType<typeof randomOf>): Promise<NamedChange | null> {
  const { prisma } = registry.database
  const teams = await prisma.team.findMany({ where: { status: 'active' }, orderBy: { slug: 'asc' } })
  const people = await prisma.person.findMany({ where: { status: 'active' }, orderBy: { externalId: 'asc' } })
  const agents = await prisma.agent.findMany({ where: { lifecycle: { not: 'retired' } }, orderBy: { slug: 'asc' } })
  const one = <T>(list: readonly T[]) => list[random.below(Math.max(list.length, 1))]
  const [team, taker, person, agent] = [one(teams), one(teams), one(people), one(agents)]
  switch (random.below(4)) {
    case 0:
      return team ? { kind: 'dissolve_team', team: team.slug } : null
    case 1:
      return person ? { kind: 'person_leaves', person: person.externalId } : null
    case 2:
      return agent ? { kind: 'retire_agent', agent: agent.slug } : null
    default:
      return team && taker && team.id !== taker.id ? { kind: 'move_ownership', from: team.slug, to: taker.slug } : null
  }
}

describe('what if', () => {
  it('and then doing it agree, whatever the estate and the change', async () => {
    for (let seed = 1; seed <= 3; seed += 1) {
      if (seed > 1) {
        await registry.drop()
        registry = await testRegistry()
      }
      const random = await estateOf(seed)
      for (let turn = 0; turn < 5; turn += 1) {
        const change = await anyChange(random)
        if (!change) continue
        const label = `seed ${seed}, ${JSON.stringify(change)}`
        const expected = await preview([change])
        const [gapsBefore, cellsBefore] = [await gaps(), await cells()]
        expect(await preview([change]), `${label} writes nothing`).toEqual(expected)
        if (change.kind === 'move_ownership' && expected.totals.owners === 0) continue
        await doIt([change], expected.fingerprint).catch((error: unknown) => {
          throw new Error(label, { cause: error })
        })
        const [gapsAfter, cellsAfter] = [await gaps(), await cells()]
        const brief = (list: typeof expected.opens) =>
          list.map(({ rule, subject, layer, affected }) =>
            [rule, subject.type, subject.slug, layer, affected].join('|'),
          )
        const real = (one: Map<string, string>, other: Map<string, string>) =>
          [...other.keys()].filter((key) => !one.has(key)).map((key) => key.split('|').slice(0, 3).join('|'))
        const named = (list: string[]) => new Set(list.map((line) => line.split('|').slice(0, 3).join('|')))
        // A gap whose words alone change is no other gap: what is said to open has opened, and the other way round.
        const opened = new Set(real(gapsBefore, gapsAfter))
        const closed = new Set(real(gapsAfter, gapsBefore))
        for (const line of named(brief(expected.opens))) expect(opened, `${label} opens`).toContain(line)
        for (const line of named(brief(expected.closes))) expect(closed, `${label} closes`).toContain(line)
        expect(gapsAfter.size - gapsBefore.size, `${label}: gaps`).toBe(expected.totals.opens - expected.totals.closes)
        const moved = [...cellsBefore].filter(([cell, owner]) => cellsAfter.get(cell) !== owner)
        expect(moved.length, `${label}: cells`).toBe(expected.totals.owners)
        expect(missingFrom(cellsBefore, cellsAfter), label).toBe(0)
      }
    }
  }, 300_000)

  it('refuses to do what is not what was looked at, and what the actor may not do', async () => {
    await estateOf(7)
    await registry.database.prisma.team.updateMany({ data: { status: 'active' } })
    const changes: NamedChange[] = [{ kind: 'dissolve_team', team: 'team-0' }]
    expect(await refusalOf(doIt(changes, '0'.repeat(64)))).toMatchObject({ code: 'stale' })
    const { fingerprint } = await preview(changes)
    registry.become(actorWith('engineer'))
    expect(await refusalOf(doIt(changes, fingerprint))).toMatchObject({ code: 'forbidden' })
    expect(await refusalOf(preview([...changes, ...changes]))).toMatchObject({ code: 'invalid_input' })
    expect(await refusalOf(preview([{ kind: 'retire_agent', agent: 'nobody' }]))).toMatchObject({ code: 'not_found' })
  })

  it('writes one event, on what was changed', async () => {
    await estateOf(3)
    await registry.database.prisma.team.updateMany({ data: { status: 'active' } })
    const changes: NamedChange[] = [{ kind: 'dissolve_team', team: 'team-1' }]
    await doIt(changes, (await preview(changes)).fingerprint)
    const team = await registry.database.prisma.team.findUniqueOrThrow({ where: { slug: 'team-1' } })
    expect(team.status).toBe('dissolved')
    expect(await registry.eventsOf(team.id)).toMatchObject([
      { action: 'whatif.apply', after: { status: 'dissolved' }, reason: 'Reorganisation' },
    ])
  })

  it('hands over a plan that does the same when imported', async () => {
    await estateOf(5)
    const { prisma } = registry.database
    await prisma.team.updateMany({ data: { status: 'active' } })
    await prisma.agent.updateMany({ data: { lifecycle: 'active' } })
    await prisma.assignment.updateMany({ where: { scope: 'tool' }, data: { source: 'person' } })
    const changes: NamedChange[] = [
      { kind: 'move_ownership', from: 'team-0', to: 'team-1' },
      { kind: 'dissolve_team', team: 'team-0' },
      { kind: 'retire_agent', agent: 'agent-1' },
    ]
    const { estate } = await registry.run(whatIfUseCases['whatif.plan'], { changes })
    const files = [{ name: 'plan.yaml', contentBase64: Buffer.from(estate).toString('base64') }]
    const expected = await preview(changes)
    const before = await cells()
    const report = await registry.run(importUseCases['imports.apply'], { kind: 'estate', files })
    expect(report).toMatchObject({ conflicts: 0, errors: [] })
    const after = await cells()
    expect([...before].filter(([cell, owner]) => after.get(cell) !== owner)).toHaveLength(expected.totals.owners)
    const agent = await prisma.agent.findUniqueOrThrow({ where: { slug: 'agent-1' }, include: { bindings: true } })
    expect([agent.lifecycle, ...new Set(agent.bindings.map(({ state }) => state))]).toEqual(['retired', 'revoked'])
    expect(await registry.run(importUseCases['imports.preview'], { kind: 'estate', files })).toMatchObject({
      changes: [],
    })
  })
})
