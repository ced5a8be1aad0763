import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/sql'
import { dayMs } from '@/lib/gaps/wording'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { runningCampaign, type SmallEstate, smallEstate } from '../testing'
import { actsFor, holderOf, standInsAt } from './handover-store'

describe('who acts for whom', () => {
  let registry: TestRegistry
  let estate: SmallEstate
  beforeAll(async () => {
    registry = await testRegistry()
    estate = await smallEstate(registry, 2)
    await runningCampaign(registry, estate)
  })
  afterAll(() => registry.drop())

  const handOver = (from: { id: string }, to: { id: string }, fromDay: number, days: number) =>
    registry.database.prisma.reviewHandover.create({
      data: {
        id: v7(),
        fromPersonId: from.id,
        toPersonId: to.id,
        startsAt: new Date(registry.now().getTime() + fromDay * dayMs),
        endsAt: new Date(registry.now().getTime() + (fromDay + days) * dayMs),
        reason: 'Holiday',
        createdAt: registry.now(),
        createdBy: 'the test',
      },
    })
  const inDays = (days: number) => new Date(registry.now().getTime() + days * dayMs)
  const holders = async (day: number) => {
    const rows = await registry.database.query<{ id: string }>(sql`
      WITH RECURSIVE ${standInsAt(inDays(day))}
      SELECT DISTINCT ${holderOf}::text AS id FROM item_reviewer r JOIN review_item i ON i.id = r.item_id JOIN campaign c ON c.id = i.campaign_id`)
    return rows.map(({ id }) => id)
  }

  it('is oneself, and for the period whoever handed over, along the chain, but never what one answers for', async () => {
    const { ana, ben, cara, eve } = estate.people
    expect(await actsFor(registry.database, eve.id, registry.now())).toEqual([eve.id])
    await handOver(ana, eve, 1, 3)
    await handOver(eve, cara, 2, 1)
    expect(await actsFor(registry.database, eve.id, inDays(0))).toEqual([eve.id])
    expect(await actsFor(registry.database, eve.id, inDays(1))).toEqual([eve.id, ana.id])
    expect(await actsFor(registry.database, eve.id, inDays(4))).toEqual([eve.id])
    expect((await actsFor(registry.database, cara.id, inDays(2))).sort()).toEqual([cara.id, ana.id, eve.id].sort())
    expect(await holders(0)).toEqual([ana.id])
    expect(await holders(1)).toEqual([eve.id])
    expect(await holders(2)).toEqual([cara.id])
    await handOver(ana, ben, 10, 3)
    // Ben answers for the items himself: they stay with ana.
    expect(await holders(11)).toEqual([ana.id])
  })

  it('does not hold for somebody who has left', async () => {
    const { ana, eve } = estate.people
    await handOver(ana, eve, 20, 3)
    expect(await holders(21)).toEqual([eve.id])
    await registry.database.prisma.person.update({ where: { id: eve.id }, data: { status: 'left' } })
    expect(await holders(21)).toEqual([ana.id])
  })
})
