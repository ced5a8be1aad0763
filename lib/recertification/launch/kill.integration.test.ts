import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as after } from 'node:timers/promises'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sql } from '@/lib/db/sql'
import { randomOf } from '@/lib/gaps/testing/random'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { type SmallEstate, smallEstate } from '../testing'
import { launchCampaign } from './launch'
import { launchingCampaign } from './testing'

const kills = 25
const items = 900
/** One at a time: on a quick machine as well, the kills are over long before the launch would be. */
const batch = 1
/** So many of the kills come while the picture is taken, the others at some batch, however quick the machine is. */
const killsOfPicture = 8
const duringPictureMsMax = 500
const betweenBatchesMsMax = 30

describe('a launch that is cut off, or done twice', () => {
  let registry: TestRegistry
  let estate: SmallEstate
  beforeEach(async () => {
    registry = await testRegistry()
    estate = await smallEstate(registry, items)
  })
  afterEach(async () => {
    await registry.drop()
  })

  type Child = ChildProcessByStdio<Writable, Readable, null>

  /** A process that is ready to launch the campaign. Starting one takes a second, so the next is begun meanwhile. */
  const readyToLaunch = async (id: string): Promise<Child> => {
    const script = new URL('./launch-process.ts', import.meta.url).pathname
    const options = ['--conditions=react-server', '--import', 'tsx', script]
    const values = [registry.connectionString, id, String(batch), registry.now().toISOString()]
    const child = spawn(process.execPath, [...options, ...values], { stdio: ['pipe', 'pipe', 'ignore'] })
    await once(child.stdout, 'data')
    return child
  }
  const readyItems = async (id: string) =>
    (await registry.database.prisma.campaign.findUniqueOrThrow({ where: { id } })).itemsReady
  const asksOn = (id: string, from: number) =>
    vi.waitFor(async () => expect(await readyItems(id)).toBeGreaterThan(from), { timeout: 60_000, interval: 10 })
  const launchWhole = async (id: string) =>
    await launchCampaign(id, { ...registry, requestId: 'test', clock: registry.now, isLate: () => false, batch: 50 })

  /** Every binding has one item, every item one reviewer, and whatever is counted counts just that. */
  const expectWhole = async (id: string) => {
    const { prisma } = registry.database
    const { ana } = estate.people
    expect(await prisma.campaign.findUniqueOrThrow({ where: { id }, include: { stages: true } })).toMatchObject({
      state: 'running',
      stage: 1,
      items,
      itemsReady: items,
      trouble: null,
      stages: [{ number: 1 }],
    })
    const made = await prisma.reviewItem.findMany({
      where: { campaignId: id },
      select: { bindingId: true, state: true },
    })
    expect(made.map(({ bindingId }) => bindingId).sort()).toEqual(
      estate.bindings.map(({ id: binding }) => binding).sort(),
    )
    expect(new Set(made.map(({ state }) => state))).toEqual(new Set(['open']))
    expect(await prisma.itemReviewer.count({ where: { campaignId: id, personId: ana.id } })).toBe(items)
    expect(await prisma.itemReviewer.count({ where: { campaignId: id } })).toBe(items)
    expect(
      await registry.database.query(sql`
        SELECT state::text, sum(items)::int AS items FROM campaign_count WHERE campaign_id = ${id}::uuid AND items <> 0 GROUP BY 1`),
    ).toEqual([{ state: 'open', items }])
    expect(await prisma.reviewerCount.findMany({ where: { campaignId: id } })).toMatchObject([
      { stage: 1, personId: ana.id, state: 'open', items },
    ])
    expect((await registry.eventsOf(id)).map(({ action }) => action)).toEqual(['campaigns.launched'])
  }

  /** However often and wherever it is killed, a launch loses nothing and asks nobody twice. */
  it(`survives ${kills} kills at random points`, async () => {
    const random = randomOf(5)
    const { id } = await launchingCampaign(registry)
    let next = readyToLaunch(id)
    for (let kill = 1; kill <= kills; kill += 1) {
      const child = await next
      if (kill < kills) next = readyToLaunch(id)
      const from = await readyItems(id)
      child.stdin.write('go\n')
      if (kill > killsOfPicture) await asksOn(id, from)
      await after(random.below(kill > killsOfPicture ? betweenBatchesMsMax : duringPictureMsMax))
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    // The server may still be committing what the last process asked for: both are of one moment.
    const { halfway, reviewers } = await registry.database.snapshot(async ({ prisma }) => ({
      halfway: await prisma.campaign.findUniqueOrThrow({ where: { id } }),
      reviewers: await prisma.itemReviewer.count({ where: { campaignId: id } }),
    }))
    expect(halfway.state).toBe('launching')
    expect(halfway.itemsReady).toBeGreaterThan(0)
    expect(reviewers).toBe(halfway.itemsReady)
    await launchWhole(id)
    await expectWhole(id)
  }, 300_000)

  /** Each picture, each batch and each transition is done by one of them. */
  it('is done once by instances that work on it at the same time', async () => {
    const { id } = await launchingCampaign(registry)
    const clock = registry.now
    const one = { ...registry, clock, isLate: () => false, batch: 25 }
    await Promise.all([1, 2, 3].map(() => launchCampaign(id, { ...one, requestId: v7() })))
    // One that saw the picture taken under its eyes left the rest to the next run.
    await launchWhole(id)
    await expectWhole(id)
  })
})
