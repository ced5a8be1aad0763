import { setTimeout as sleep } from 'node:timers/promises'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import type { Database } from '@/lib/db/client'
import { syncReferenceData } from '@/lib/db/reference'
import { sql } from '@/lib/db/sql'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { lockEstate } from '@/lib/estate/settle'
import { dayMs } from '@/lib/gaps/wording'
import { evaluateGapsJob } from './evaluate-gaps'
import { type Scheduler, startScheduler } from './scheduler'
import { sweepIdempotencyJob } from './sweep-idempotency'
import { completedRuns, settled, unfinishedRuns } from './testing'

const start = new Date('2026-11-01T00:00:00Z')
const day = (days: number) => new Date(start.getTime() + days * dayMs)

/** An active, certified binding whose layers the organisation's team owns, but for enforcement. */
async function seed({ prisma }: Database): Promise<{ bindingId: string; teamId: string }> {
  const ids = { agentId: v7(), toolId: v7(), bindingId: v7(), teamId: v7(), personId: v7() }
  const stamps = { source: 'test', createdAt: start, updatedAt: start }
  await prisma.person.create({ data: { id: ids.personId, externalId: 'ana', name: 'Ana', ...stamps } })
  await prisma.team.create({ data: { id: ids.teamId, slug: 'crm', name: 'CRM', function: 'application', ...stamps } })
  await prisma.membership.create({ data: { teamId: ids.teamId, personId: ids.personId } })
  await prisma.agent.create({
    data: { id: ids.agentId, slug: 'bot', name: 'Bot', lifecycle: 'active', sponsorId: ids.personId, ...stamps },
  })
  await prisma.tool.create({ data: { id: ids.toolId, slug: 'crm', name: 'CRM', ...stamps } })
  await prisma.binding.create({
    data: {
      id: ids.bindingId,
      slug: 'bot/crm@production',
      toolSlug: 'crm',
      agentId: ids.agentId,
      toolId: ids.toolId,
      environment: 'production',
      state: 'active',
      activeSince: start,
      certifiedAt: start,
      risk: 'high',
      intentText: 'Answers tickets',
      intentApprovedAt: start,
      ...stamps,
    },
  })
  return { bindingId: ids.bindingId, teamId: ids.teamId }
}

async function until<T>(look: () => Promise<T | null | undefined>, what: string): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await look()
    if (found !== null && found !== undefined) return found
    await sleep(100)
  }
  throw new Error(`It did not happen: ${what}`)
}

describe('the scheduler', () => {
  let made: TestDatabase
  let database: Database
  let now = start
  const running: Scheduler[] = []

  const startOne = async () => {
    const { connectionString } = made
    const scheduler = await startScheduler({ connectionString, database, clock: () => now, pollSeconds: 0.5 })
    running.push(scheduler)
    return scheduler
  }
  const gapOf = (rule: string, bindingId: string) =>
    database.prisma.gap.findFirst({ where: { rule, subjectId: bindingId, state: { not: 'resolved' } } })
  const connectionsOfJobs = async () => {
    const [row] = await database.query<{ count: number }>(sql`
      SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE application_name = 'pentarch jobs' AND datname = current_database()`)
    return row?.count
  }
  const runs = () => completedRuns(database, evaluateGapsJob)
  const evaluations = () =>
    database.prisma.auditEvent.findMany({ where: { action: 'gaps.evaluate' }, orderBy: { sequence: 'asc' } })

  beforeEach(async () => {
    now = start
    made = await createTestDatabase()
    database = made.database
    await syncReferenceData(database)
  })
  afterEach(async () => {
    await Promise.all(running.splice(0).map((scheduler) => scheduler.stop()))
    await made.drop()
  })

  /** A certification runs out without anybody editing anything, and the gap appears. */
  it('finds what time alone has changed', async () => {
    const { bindingId } = await seed(database)
    const scheduler = await startOne()
    await until(async () => (await evaluations())[0], 'the evaluation at the start')
    expect(await gapOf('recertification-overdue', bindingId)).toBeNull()

    now = day(91)
    await scheduler.runSoon(evaluateGapsJob)
    const gap = await until(() => gapOf('recertification-overdue', bindingId), 'the gap')
    expect(gap).toMatchObject({
      state: 'open',
      severity: 'high',
      affected: 1,
      openedAt: now,
      subjectSlug: 'bot/crm@production',
    })
    const [, second] = await until(
      async () => ((await evaluations()).length > 1 ? evaluations() : null),
      'the second event',
    )
    expect(second).toMatchObject({ actorKind: 'system', actorName: 'scheduler', subjectType: 'gaps' })
  })

  /** An assignment begins and ends on its own dates: owners move, and it says that it has ended. */
  it('moves owners when an assignment begins and when its time is over', async () => {
    const { bindingId, teamId } = await seed(database)
    const id = v7()
    await database.prisma.assignment.create({
      data: {
        id,
        layer: 'identity',
        scope: 'organisation',
        teamId,
        state: 'accepted',
        validFrom: day(10),
        validTo: day(20),
        proposedAt: start,
        setBy: 'test',
        reason: 'A term of ten days',
        source: 'test',
      },
    })
    const owner = () =>
      database.prisma.effectiveOwner.findUnique({ where: { bindingId_layer: { bindingId, layer: 'identity' } } })
    const scheduler = await startOne()
    await until(async () => ((await owner())?.status === 'unowned' ? true : null), 'no owner before it begins')

    now = day(15)
    await scheduler.runSoon(evaluateGapsJob)
    await until(async () => ((await owner())?.assignmentId === id ? true : null), 'the owner while it lasts')

    now = day(20)
    await scheduler.runSoon(evaluateGapsJob)
    await until(async () => ((await owner())?.status === 'unowned' ? true : null), 'no owner after it is over')
    expect(await database.prisma.assignment.findUnique({ where: { id } })).toMatchObject({ state: 'ended', version: 2 })
  })

  /** However many instances there are and however often they ask, a job waits once and runs once at a time. */
  it('runs a job once for all instances', async () => {
    const [first, second] = [await startOne(), await startOne()]
    await until(async () => ((await runs()) > 0 ? true : null), 'the evaluation at the start')
    await settled(database, evaluateGapsJob)
    const before = await runs()
    await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? first : second).runSoon(evaluateGapsJob)))
    const states = await unfinishedRuns(database, evaluateGapsJob)
    expect(new Set(states).size, states.join(', ')).toBe(states.length)
    await settled(database, evaluateGapsJob)
    const ran = (await runs()) - before
    expect(ran).toBeGreaterThanOrEqual(1)
    expect(ran).toBeLessThan(10)
  })

  /** An evaluation that changes nothing takes no lock, writes nothing, and leaves no event for an auditor to read. */
  it('leaves no trace when time has changed nothing', async () => {
    const { bindingId } = await seed(database)
    const evaluate = (at: Date) => evaluateGapsJob.handle({ database, now: at, runId: v7() })
    await evaluate(start)
    expect(await evaluations()).toHaveLength(1)
    const before = await database.prisma.gap.findMany({ orderBy: { id: 'asc' } })
    await database.transaction(async (db) => {
      await lockEstate({ db, now: start, actor: systemActor('test'), newId: v7, requestId: 'test' })
      await evaluate(day(1))
    })
    expect(await evaluations()).toHaveLength(1)
    expect(await database.prisma.gap.findMany({ orderBy: { id: 'asc' } })).toEqual(before)

    await evaluate(day(91))
    expect(await evaluations()).toHaveLength(2)
    expect(await gapOf('recertification-overdue', bindingId)).not.toBeNull()
  })

  it('forgets kept answers after a day', async () => {
    const accountId = v7()
    const kept = { accountId, operation: 'agents.create', requestHash: 'x', response: {} }
    await database.prisma.idempotencyKey.createMany({
      data: [
        { ...kept, key: 'old', createdAt: new Date(start.getTime() - 25 * 3_600_000) },
        { ...kept, key: 'new', createdAt: start },
      ],
    })
    await sweepIdempotencyJob.handle({ database, now: start, runId: 'test' })
    expect((await database.prisma.idempotencyKey.findMany()).map(({ key }) => key)).toEqual(['new'])
  })

  it('stops without leaving a worker behind', async () => {
    const scheduler = await startOne()
    await scheduler.stop()
    running.length = 0
    // A backend outlives its connection by a moment.
    await until(async () => ((await connectionsOfJobs()) === 0 ? true : null), 'no connection left')
  })
})
