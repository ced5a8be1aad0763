import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { z } from 'zod'
import { systemActor } from '@/lib/access/model'
import type { Database } from '@/lib/db/client'
import { syncReferenceData } from '@/lib/db/reference'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { overviewUseCases } from '@/lib/overview/service'
import { type Run, runUseCase } from '@/lib/use-cases/run'
import { gapUseCases } from './service'
import type { listGapsInput } from './shapes'
import { randomOf } from './testing/random'
import { seedRandomEstate } from './testing/random-estate'

const now = new Date('2026-11-01T00:00:00Z')

describe('gaps as they are asked for', () => {
  let made: TestDatabase
  let database: Database
  let run: Run

  beforeAll(async () => {
    vi.stubEnv('NEXTAUTH_SECRET', 'a secret for cursors')
    made = await createTestDatabase()
    database = made.database
    await syncReferenceData(database)
    const estate = await seedRandomEstate(database, randomOf(7), now)
    for (let step = 0; step < 80; step += 1) await estate.edit(database, now)
    run = { database, actor: systemActor('test'), now, newId: v7, requestId: 'test' }
    await runUseCase(gapUseCases['gaps.evaluate'], {}, run)
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await made.drop()
  })

  const list = (input: z.input<typeof listGapsInput>) => runUseCase(gapUseCases['gaps.list'], input, run)

  /** Pages hang together: every gap once, worst and newest first, whatever the size of a page. */
  it('gives every gap exactly once over its pages', async () => {
    const whole = await list({ limit: 200 })
    const paged: typeof whole.rows = []
    let cursor: string | undefined
    do {
      const page = await list({ limit: 3, ...(cursor && { cursor }) })
      paged.push(...page.rows)
      cursor = page.next ?? undefined
    } while (cursor)
    expect(whole.rows.length).toBeGreaterThan(10)
    expect(paged).toEqual(whole.rows)
    expect(await database.prisma.gap.count({ where: { state: { not: 'resolved' } } })).toBe(whole.rows.length)
  })

  it('narrows by each filter to the rows that have it', async () => {
    const { rows } = await list({ limit: 200 })
    for (const rule of new Set(rows.map((row) => row.rule))) {
      expect((await list({ rule, limit: 200 })).rows).toEqual(rows.filter((row) => row.rule === rule))
    }
    expect((await list({ severity: 'critical,high', limit: 200 })).rows).toEqual(
      rows.filter(({ severity }) => severity === 'critical' || severity === 'high'),
    )
    expect((await list({ state: 'resolved' })).rows).toEqual([])
    const onAgent = rows.find((row) => row.subject.type === 'agent')
    expect((await list({ agent: onAgent?.subject.slug ?? '', limit: 200 })).rows).toContainEqual(onAgent)
    const onBinding = rows.find((row) => row.subject.type === 'binding')
    expect((await list({ binding: onBinding?.subject.slug ?? '', limit: 200 })).rows).toContainEqual(onBinding)
    for (const { slug, id } of await database.prisma.team.findMany()) {
      const named = await database.prisma.assignment.findMany({ where: { teamId: id } })
      const ids = (await list({ team: slug, limit: 200 })).rows.map((row) => row.id)
      const theirs = rows.filter(({ subject }) => named.some((assignment) => assignment.id === subject.id))
      expect(ids).toEqual(expect.arrayContaining(theirs.map((row) => row.id)))
    }
  })

  it('explains one gap with its rule, its bindings and its history', async () => {
    const { rows } = await list({ limit: 200 })
    for (const row of rows) {
      const gap = await runUseCase(gapUseCases['gaps.get'], { id: row.id }, run)
      expect(gap).toMatchObject(row)
      expect(gap.bindings.rows).toHaveLength(row.affected)
      expect(gap.history).toMatchObject([{ from: null, to: 'open', actor: 'test', at: now.toISOString() }])
      expect(gap.controls.length).toBeGreaterThan(0)
      expect(gap.fix).not.toBe('')
    }
    await expect(runUseCase(gapUseCases['gaps.get'], { id: v7() }, run)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('finds nothing new when it is evaluated again', async () => {
    const again = await runUseCase(gapUseCases['gaps.evaluate'], {}, run)
    expect(again).toEqual({
      opened: 0,
      reopened: 0,
      excepted: 0,
      updated: 0,
      resolved: 0,
      endedAssignments: 0,
      movedCells: 0,
    })
  })

  /** What the overview counts is what the lists show. */
  it('adds up on the overview', async () => {
    const { rows } = await list({ limit: 200 })
    const overview = await runUseCase(overviewUseCases['overview.get'], {}, run)
    const severities = Object.values(overview.gaps.bySeverity).reduce((sum, count) => sum + count, 0)
    expect(severities).toBe(rows.length)
    expect(overview.gaps.byRule.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length)
    expect(overview.gaps.trend).toHaveLength(30)
    expect(overview.gaps.trend.at(-1)).toEqual({ day: '2026-11-01', opened: rows.length, resolved: 0 })
    expect(overview.gaps.newest).toHaveLength(5)
    for (const { layer, ...counts } of overview.coverage) {
      const owned = await database.prisma.effectiveOwner.count({
        where: { layer, status: 'owned', binding: { state: 'active' } },
      })
      expect(counts.owned).toBe(owned)
    }
  })

  it('lists the rules with the controls they are evidence for', async () => {
    const { rows } = await runUseCase(gapUseCases['rules.list'], {}, run)
    expect(rows.map((rule) => rule.id)).toContain('front-door-only')
    expect(rows.every((rule) => rule.controls.length > 0)).toBe(true)
  })
})
