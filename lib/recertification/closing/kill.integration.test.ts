import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { gapsAreRight } from '@/lib/gaps/reevaluate'
import { randomOf } from '@/lib/gaps/testing/random'
import { cellsAreRight } from '@/lib/ownership/store'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { smallEstate } from '../testing'
import { closeWhole, closingCampaign, evaluateNow, type Verdict } from './testing'

const kills = 25
const items = 400
/** One at a time: on a quick machine as well, the kills are over long before closing would be. */
const batch = 1
/** So many of the kills come while a process prepares, the others at some batch, however quick the machine is. */
const killsOfPreparing = 8
const duringPreparingMsMax = 300
const betweenBatchesMsMax = 60

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.drop())

type Child = ChildProcessByStdio<Writable, Readable, null>

/** A process that is ready to close the campaign. Starting one takes a second, so the next is begun while this one works. */
async function readyToClose(id: string): Promise<Child> {
  const script = new URL('./close-process.ts', import.meta.url).pathname
  const options = ['--conditions=react-server', '--import', 'tsx', script]
  const values = [registry.connectionString, id, String(batch), registry.now().toISOString()]
  const child = spawn(process.execPath, [...options, ...values], { stdio: ['pipe', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  return child
}

const appliedItems = async (id: string) =>
  (await registry.database.prisma.campaign.findUniqueOrThrow({ where: { id } })).itemsApplied
const appliesOn = (id: string, from: number) =>
  vi.waitFor(async () => expect(await appliedItems(id)).toBeGreaterThan(from), { timeout: 60_000, interval: 10 })

/**
 * However often and wherever it is killed, closing loses nothing and applies nothing twice: what a transaction did not
 * finish is as if it had never begun.
 */
it(`survives ${kills} kills at random points`, async () => {
  const { database, now } = registry
  const random = randomOf(5)
  const estate = await smallEstate(registry, items)
  await evaluateNow(database, now())
  const toTeamId = estate.teams.risk.id
  const verdicts = estate.bindings.map(() =>
    random.pick<Verdict>([
      { outcome: 'certify' },
      { outcome: 'revoke' },
      { outcome: 'no_response' },
      { outcome: 'reassign', toTeamId },
    ]),
  )
  const campaign = await closingCampaign(registry, estate, verdicts)
  registry.wait(3600)

  let next = readyToClose(campaign.id)
  for (let kill = 1; kill <= kills; kill += 1) {
    const child = await next
    if (kill < kills) next = readyToClose(campaign.id)
    const from = await appliedItems(campaign.id)
    child.stdin.write('go\n')
    if (kill > killsOfPreparing) await appliesOn(campaign.id, from)
    await after(random.below(kill > killsOfPreparing ? betweenBatchesMsMax : duringPreparingMsMax))
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const halfway = await database.prisma.campaign.findUniqueOrThrow({ where: { id: campaign.id } })
  expect(halfway).toMatchObject({ state: 'closing' })
  expect(halfway.itemsApplied).toBeGreaterThan(0)
  await closeWhole(registry, campaign.id)

  const { prisma } = database
  const decided = (outcome: Verdict['outcome']) => verdicts.filter((verdict) => verdict.outcome === outcome).length
  expect(await prisma.campaign.findUniqueOrThrow({ where: { id: campaign.id } })).toMatchObject({
    state: 'closed',
    itemsApplied: items,
  })
  const counted = await prisma.campaignCount.groupBy({
    by: ['state', 'outcome'],
    where: { campaignId: campaign.id, items: { not: 0 } },
    _sum: { items: true },
    orderBy: { outcome: 'asc' },
  })
  expect(counted.map(({ state, outcome, _sum }) => [state, outcome, _sum.items])).toEqual(
    (['certify', 'no_response', 'reassign', 'revoke'] as const).map((one) => ['applied', one, decided(one)]),
  )
  expect(await prisma.reviewItem.count({ where: { campaignId: campaign.id, notApplied: { not: null } } })).toBe(0)

  const bindings = { id: { in: estate.bindings.map(({ id }) => id) } }
  expect(await prisma.binding.count({ where: { ...bindings, certifiedBy: 'ana' } })).toBe(decided('certify'))
  expect(await prisma.binding.count({ where: { ...bindings, unansweredAt: { not: null } } })).toBe(
    decided('no_response'),
  )
  // Revoked in one step each: nothing went over a binding twice.
  expect(await prisma.binding.count({ where: { ...bindings, state: 'revoked', version: 2 } })).toBe(decided('revoke'))
  expect(await prisma.remediation.count({ where: { campaignId: campaign.id } })).toBe(decided('revoke'))
  expect(await prisma.remediationEvent.count()).toBe(decided('revoke'))
  expect(await prisma.assignment.count({ where: { bindingId: bindings.id } })).toBe(decided('reassign'))

  const events = await registry.eventsOf(campaign.id)
  const named = events.flatMap(({ after }) => Object.values(after ?? {}).filter(Array.isArray)).flat()
  expect(new Set(named).size).toBe(items)
  expect(named).toHaveLength(items)
  expect(await gapsAreRight(database, now())).toBe(true)
  expect(await cellsAreRight(database, now())).toBe(true)
}, 300_000)
