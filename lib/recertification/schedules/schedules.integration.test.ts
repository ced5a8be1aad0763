import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/sql'
import { defaultGapPolicy } from '@/lib/gaps/model'
import { scheduleCampaignsJob } from '@/lib/jobs/schedule-campaigns'
import { type Scheduler, startScheduler } from '@/lib/jobs/scheduler'
import { settled } from '@/lib/jobs/testing'
import { riskTiers } from '@/lib/registry/model'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { certifiedUntil } from '../cadence'
import { certifiedUntilSql } from '../cadence-store'
import { runLaunchJob } from '../launch/testing'
import { type SmallEstate, smallEstate } from '../testing'
import { runScheduleJob, scheduledTemplate } from './testing'

const daily = { launch: 'recurring', first: '2027-03-27', every: 'P1D', timeZone: 'Europe/Berlin' } as const
const hourMs = 3_600_000

describe('templates that launch by themselves', () => {
  let registry: TestRegistry
  let estate: SmallEstate
  beforeEach(async () => {
    registry = await testRegistry()
    estate = await smallEstate(registry)
  })
  afterEach(() => registry.drop())

  const goTo = (instant: string) => registry.wait((Date.parse(instant) - registry.now().getTime()) / 1000)
  const occurrences = async () => {
    const rows = await registry.database.prisma.campaign.findMany({ orderBy: { occurrence: 'asc' } })
    return rows.map(({ occurrence }) => occurrence)
  }

  /** Three instances look every hour over the night in which clocks go forward: one campaign a day, on its day. */
  it('launches each day once, however many look, days of 23 hours included', async () => {
    await scheduledTemplate(registry, daily)
    goTo('2027-03-26T22:00:00Z')
    const seen: number[] = []
    for (let hour = 0; hour < 50; hour += 1) {
      registry.wait(hourMs / 1000)
      await Promise.all([runScheduleJob(registry), runScheduleJob(registry), runScheduleJob(registry)])
      seen.push((await occurrences()).length)
    }
    expect(await occurrences()).toEqual(['2027-03-27', '2027-03-28', '2027-03-29'])
    // From 23:00 UTC, midnight in winter; the day of 23 hours ends at 22:00 UTC.
    expect([seen.indexOf(1), seen.indexOf(2), seen.indexOf(3)]).toEqual([0, 24, 47])
  })

  it('launches once with two schedulers of two instances running', async () => {
    await scheduledTemplate(registry, daily)
    goTo('2027-03-26T22:00:00Z')
    const { connectionString, database } = registry
    const start = () => startScheduler({ connectionString, database, clock: () => registry.now(), pollSeconds: 0.5 })
    const running: Scheduler[] = [await start(), await start()]
    try {
      await settled(database, scheduleCampaignsJob)
      goTo('2027-03-27T00:00:00Z')
      for (let round = 0; round < 2; round += 1) {
        await Promise.all(running.map((scheduler) => scheduler.runSoon(scheduleCampaignsJob)))
        await settled(database, scheduleCampaignsJob)
      }
      expect(await occurrences()).toEqual(['2027-03-27'])
    } finally {
      await Promise.all(running.map((scheduler) => scheduler.stop()))
    }
  })

  it('notes that nothing is in its scope, and tries again the next time', async () => {
    const { id } = await scheduledTemplate(registry, daily, { definition: { scope: { environment: ['nowhere'] } } })
    goTo('2027-03-27T10:00:00Z')
    await runScheduleJob(registry)
    await runScheduleJob(registry)
    expect(await occurrences()).toEqual([])
    const events = await registry.eventsOf(id)
    expect(events).toMatchObject([{ action: 'campaigns.occur', after: { day: '2027-03-27', nextOn: '2027-03-28' } }])
  })

  it('collects what falls due and nobody is asked about, and nothing else', async () => {
    const { prisma } = registry.database
    const [first, second] = estate.bindings
    // At medium risk, half a year: one runs out in ten days, one in a hundred, the others were never certified.
    for (const [binding, days] of [
      [first, 170],
      [second, 80],
    ] as const) {
      const certifiedAt = new Date(registry.now().getTime() - days * 24 * hourMs)
      await prisma.binding.update({ where: { id: binding?.id ?? '' }, data: { certifiedAt, activeSince: certifiedAt } })
    }
    await scheduledTemplate(registry, { launch: 'cadence', leadDays: 14, every: 'P7D', timeZone: 'UTC' })
    registry.wait(86_400)
    await runScheduleJob(registry)
    await runLaunchJob(registry)
    const items = await prisma.reviewItem.findMany()
    const due = estate.bindings.filter((binding) => binding !== second).map(({ slug }) => slug)
    expect(items.map(({ subjectSlug }) => subjectSlug).sort()).toEqual(due.sort())
    registry.wait(7 * 86_400)
    await runScheduleJob(registry)
    expect(await prisma.campaign.count()).toBe(1)
  })

  /** The statement that finds what falls due agrees with the one rule, whatever a binding has been through. */
  it('agree with the pure rule on until when a certification holds', async () => {
    const { prisma } = registry.database
    const id = estate.bindings[0]?.id ?? ''
    const cadence = defaultGapPolicy.cadenceDays
    const instants = [null, ...[1, 2, 3].map((day) => new Date(Date.UTC(2026, 9, 24 + day, 12)))]
    for (const risk of riskTiers) {
      for (const activeSince of instants) {
        for (const certifiedAt of instants) {
          for (const certificationLostAt of instants) {
            const state = activeSince === null ? 'approved' : 'active'
            await prisma.binding.update({
              where: { id },
              data: { state, risk, activeSince, certifiedAt, certificationLostAt },
            })
            const [row] = await registry.database.query<{ until: Date | null }>(
              sql`SELECT ${certifiedUntilSql(cadence)} AS until FROM binding b WHERE b.id = ${id}::uuid`,
            )
            const ms = (instant: Date | null) => instant?.getTime() ?? null
            const known = {
              activeSince: ms(activeSince),
              certifiedAt: ms(certifiedAt),
              lostAt: ms(certificationLostAt),
            }
            expect(ms(row?.until ?? null)).toBe(certifiedUntil({ risk, ...known }, cadence))
          }
        }
      }
    }
  })
})
