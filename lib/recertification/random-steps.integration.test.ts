import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { join, type Sql, sql } from '@/lib/db/sql'
import { advanceCampaignsJob } from '@/lib/jobs/advance-campaigns'
import { actorWith, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { dayAfter, dayIn } from '@/lib/time/calendar'
import { useCases } from '@/lib/use-cases/catalog'
import { DomainError } from '@/lib/use-cases/errors'
import { closeCampaign } from './closing/close-campaign'
import type { Definition } from './model'
import { asPerson, runningCampaign, type SmallEstate, smallEstate, type TestCampaign } from './testing'

/**
 * Hundreds of random steps by several people, the clock and the jobs, through the use cases and against a real database;
 * after each one what has to hold is asked of the tables themselves: nothing decided twice, no decision lost or made
 * after the end, nobody reviews what they answer for themselves, counters equal counts, and in the end every item has
 * come somewhere. The pure state machines go through thousands of steps in states.test.ts.
 */
let registry: TestRegistry
let estate: SmallEstate
beforeEach(async () => {
  registry = await testRegistry()
  estate = await smallEstate(registry, 6)
})
afterEach(() => registry.drop())

const names = ['ana', 'ben', 'cara', 'eve'] as const
const verdicts = ['certify', 'reassign', 'revoke', 'not_mine', 'defer'] as const
type StepType =
  | ('decide' | 'decide_all' | 'undo' | 'hand_over' | 'stand_in' | 'remind' | 'extend' | 'send_back' | 'reassign')
  | ('end_stage' | 'contest' | 'judge' | 'close' | 'stop' | 'wait' | 'apply')

/** A step that somebody or something tries, how often beside the others; many tries are refused, and then change nothing. */
const weights: Record<StepType, number> = {
  ...{ decide: 12, decide_all: 1, undo: 4, hand_over: 3, stand_in: 1, remind: 1, extend: 1, send_back: 2 },
  ...{ reassign: 2, end_stage: 1, contest: 3, judge: 3, close: 1, stop: 0.05, wait: 5, apply: 2 },
}
const typeArbitrary = fc.oneof(
  ...Object.entries(weights).map(([type, weight]) => ({
    weight: Math.ceil(weight * 20),
    arbitrary: fc.constant(type as StepType),
  })),
)
const stepArbitrary = fc.record({ type: typeArbitrary, who: fc.nat(3), item: fc.nat(5), choice: fc.nat(999) })
type Step = typeof stepArbitrary extends fc.Arbitrary<infer Taken> ? Taken : never

const definition = ({ teams, people }: SmallEstate): Partial<Definition> => ({
  nonResponse: 'extend_once',
  challengePeriod: 'P5D',
  stages: [
    {
      ...{ name: 'Owners', reviewers: { by: 'layer_lead' }, duration: 'P14D', takes: ['certify', 'no_response'] },
      fallbacks: [{ by: 'team', team: teams.risk.slug }],
      escalation: [
        { after: 'P5D', action: 'add', to: { by: 'person', person: people.eve.externalId } },
        { after: 'P9D', action: 'hand_to', to: { by: 'team', team: teams.risk.slug } },
      ],
    },
    {
      ...{ name: 'Risk', reviewers: { by: 'team', team: teams.risk.slug }, duration: 'P10D', escalation: [] },
      ...{ fallbacks: [{ by: 'governance_lead' }], takes: ['certify', 'no_response'] },
    },
  ],
})

const launch = () =>
  runningCampaign(registry, estate, {
    definition: definition(estate),
    // Each is asked about something that they answer for themselves.
    item: (index) => ({
      ...{ accountableId: estate.people[names[index % 4] ?? 'ben'].id, risk: index === 0 ? 'high' : 'low' },
      reviewers: [{ id: estate.people.ana.id }, { id: estate.people.cara.id }],
    }),
  })

const jobs = () => ({ database: registry.database, requestId: 'test', clock: registry.now, isLate: () => false })
const advance = () =>
  advanceCampaignsJob.handle({ database: registry.database, now: registry.now(), runId: 'random steps' })

/** Tries one step. @returns whether it was done, or refused by rule. */
async function take(campaign: TestCampaign, step: Step): Promise<boolean> {
  try {
    await attempt(campaign, step)
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

async function attempt(campaign: TestCampaign, { type, who: whoIndex, item: itemIndex, choice }: Step): Promise<void> {
  const { run, become, now, wait } = registry
  const { slug } = campaign
  const who = estate.people[names[whoIndex] ?? 'ana']
  const other = estate.people[names[choice % 4] ?? 'eve']
  const item = campaign.items[itemIndex]?.id ?? ''
  const reason = 'A random step'
  const today = dayIn(now(), 'UTC')
  const isLead = ['remind', 'extend', 'send_back', 'reassign', 'end_stage', 'judge', 'close', 'stop'].includes(type)
  become(isLead ? actorWith('governance_lead') : asPerson(who))
  switch (type) {
    case 'decide':
    case 'decide_all': {
      const verdict = verdicts[choice % verdicts.length] ?? 'certify'
      const more = {
        ...(verdict === 'reassign' && { toTeam: estate.teams.risk.slug }),
        ...(verdict === 'defer' && { deferUntil: dayAfter(today, `P${1 + (choice % 6)}D`) }),
      }
      const chosen = type === 'decide' ? [item] : campaign.items.map(({ id }) => id)
      const decisions = chosen.map((id) => ({ item: id, verdict, comment: reason, ...more }))
      await run(useCases['reviews.decide'], { decisions })
      return
    }
    case 'undo':
      await run(useCases['reviews.undo'], { items: [item] })
      return
    case 'hand_over':
      await run(useCases['reviews.handOver'], { items: [item], to: other.externalId, reason })
      return
    case 'stand_in':
      await run(useCases['handovers.create'], {
        ...{ to: other.externalId, startsOn: today, endsOn: dayAfter(today, 'P3D'), reason },
      })
      return
    case 'remind':
      await run(useCases['campaigns.remind'], { slug })
      return
    case 'extend':
      await run(useCases['campaigns.extend'], { slug, dueOn: dayAfter(today, `P${1 + (choice % 9)}D`), reason })
      return
    case 'send_back':
      await run(useCases['campaigns.sendBack'], { slug, sample: { size: 1 + (choice % 2) }, request: reason })
      return
    case 'reassign':
      await run(useCases['campaigns.reassign'], { slug, from: who.externalId, to: other.externalId, reason })
      return
    case 'end_stage':
      await run(useCases['campaigns.endStage'], { slug, reason })
      return
    case 'contest':
      await run(useCases['reviews.contest'], { item, reason })
      return
    case 'judge': {
      const { rows } = await run(useCases['challenges.list'], { campaign: slug, state: 'open' })
      const [open] = rows
      const decision = choice % 2 === 0 ? 'upheld' : 'overturned'
      if (open) await run(useCases['challenges.decide'], { id: open.id, decision, note: reason })
      return
    }
    case 'close':
      await run(useCases['campaigns.close'], { slug, reason })
      return
    case 'stop':
      await run(useCases['campaigns.stop'], { slug, reason })
      return
    case 'wait':
      wait((1 + (choice % 30)) * 3600)
      // As two instances do.
      await Promise.all([advance(), advance()])
      return
    case 'apply':
      await closeCampaign(campaign.id, { ...jobs(), batch: 2 })
  }
}

const answers = sql`d.undone_at IS NULL AND d.verdict IN ('certify', 'reassign', 'revoke')`

/** What must have no row, whatever happened. */
const never: Record<string, (campaignId: string) => Sql> = {
  'decided twice': (id) => sql`
    SELECT d.item_id, d.stage FROM review_decision d WHERE d.campaign_id = ${id}::uuid AND ${answers}
    GROUP BY 1, 2 HAVING count(*) > 1`,
  'decided after the stage was over': (id) => sql`
    SELECT d.id FROM review_decision d JOIN campaign_stage s ON s.campaign_id = d.campaign_id AND s.number = d.stage
    WHERE d.campaign_id = ${id}::uuid AND (d.at > s.ended_at OR (d.person_id IS NOT NULL AND d.at >= s.ends_at))`,
  'reviewed by who answers for it': (id) => sql`
    SELECT d.id FROM review_decision d JOIN review_item i ON i.id = d.item_id
    WHERE d.campaign_id = ${id}::uuid AND d.verdict IN ('certify', 'reassign', 'revoke') AND d.person_id = i.accountable_id`,
  'answered by another answer than the one that stands': (id) => sql`
    SELECT i.id FROM review_item i WHERE i.campaign_id = ${id}::uuid AND i.state = 'answered' AND NOT EXISTS (
      SELECT FROM review_decision d WHERE d.item_id = i.id AND d.stage = i.stage AND d.verdict::text = i.outcome::text AND ${answers})`,
  'open although it is answered': (id) => sql`
    SELECT i.id FROM review_item i WHERE i.campaign_id = ${id}::uuid AND i.state = 'open' AND (i.outcome IS NOT NULL OR EXISTS (
      SELECT FROM review_decision d WHERE d.item_id = i.id AND d.stage = i.stage AND ${answers}))`,
  'over without an outcome': (id) => sql`
    SELECT i.id FROM review_item i
    WHERE i.campaign_id = ${id}::uuid AND i.state IN ('settled', 'contested', 'applied') AND i.outcome IS NULL`,
  'in a stage that has not begun': (id) => sql`
    SELECT i.id FROM review_item i JOIN campaign c ON c.id = i.campaign_id WHERE c.id = ${id}::uuid AND i.stage > c.stage`,
  'asked by a stage that is over': (id) => sql`
    SELECT r.item_id FROM item_reviewer r JOIN review_item i ON i.id = r.item_id JOIN campaign c ON c.id = i.campaign_id
    WHERE c.id = ${id}::uuid AND r.state = 'open' AND (c.state <> 'running' OR r.stage <> i.stage OR i.state <> 'open')`,
  'revoked without a remediation, or the other way round': (id) => sql`
    SELECT i.id FROM review_item i LEFT JOIN remediation m ON m.item_id = i.id
    WHERE i.campaign_id = ${id}::uuid
      AND (m.id IS NOT NULL) <> (i.state = 'applied' AND i.outcome = 'revoke' AND i.not_applied IS NULL)`,
  'not ended although the campaign is': (id) => sql`
    SELECT i.id FROM review_item i JOIN campaign c ON c.id = i.campaign_id
    WHERE c.id = ${id}::uuid AND c.state IN ('closed', 'stopped') AND i.state NOT IN ('applied', 'withdrawn')`,
  'counted items': (id) => sql`
    (SELECT stage, state::text, outcome, risk::text, items FROM campaign_count WHERE campaign_id = ${id}::uuid AND items <> 0
     EXCEPT ALL SELECT stage, state::text, COALESCE(outcome::text, ''), risk::text, count(*)::int FROM review_item
     WHERE campaign_id = ${id}::uuid GROUP BY 1, 2, 3, 4)`,
  'counted reviewers': (id) => sql`
    (SELECT stage, person_id, state::text, items FROM reviewer_count WHERE campaign_id = ${id}::uuid AND items <> 0
     EXCEPT ALL SELECT stage, person_id, state::text, count(*)::int FROM item_reviewer
     WHERE campaign_id = ${id}::uuid GROUP BY 1, 2, 3)`,
  'counted decisions': (id) => sql`
    (SELECT stage, day, verdict::text, decisions FROM decision_count WHERE campaign_id = ${id}::uuid AND decisions <> 0
     EXCEPT ALL SELECT stage, (at AT TIME ZONE 'UTC')::date, verdict::text, count(*)::int FROM review_decision
     WHERE campaign_id = ${id}::uuid AND undone_at IS NULL GROUP BY 1, 2, 3)`,
}

/** How much there is of what only grows. */
async function grown(campaign: TestCampaign): Promise<{ decisions: number; items: number; counted: number }> {
  const [row] = await registry.database.query<{ decisions: number; items: number; counted: number }>(sql`
    SELECT (SELECT count(*)::int FROM review_decision WHERE campaign_id = ${campaign.id}::uuid) AS decisions,
      (SELECT count(*)::int FROM review_item WHERE campaign_id = ${campaign.id}::uuid) AS items,
      (SELECT sum(items)::int FROM campaign_count WHERE campaign_id = ${campaign.id}::uuid) AS counted`)
  return row ?? { decisions: 0, items: 0, counted: 0 }
}

async function validate(campaign: TestCampaign, decisionsBefore: number, said: string): Promise<number> {
  const questions = Object.entries(never).map(
    ([wrong, rows]) => sql`SELECT ${wrong}::text AS wrong WHERE EXISTS (${rows(campaign.id)})`,
  )
  const wrong = await registry.database.query(sql`${join(questions, ' UNION ALL ')}`)
  expect(wrong, `what must never be, after ${said}`).toEqual([])
  const { decisions, items, counted } = await grown(campaign)
  expect(decisions, `a decision was lost, after ${said}`).toBeGreaterThanOrEqual(decisionsBefore)
  expect([items, counted], `the counts add up, after ${said}`).toEqual([campaign.items.length, campaign.items.length])
  return decisions
}

const stateOf = async ({ id }: TestCampaign) =>
  (await registry.database.prisma.campaign.findUniqueOrThrow({ where: { id }, select: { state: true } })).state

/** Lets time pass until the campaign is over, whatever state the random steps left it in. */
async function finish(campaign: TestCampaign): Promise<string> {
  for (let day = 0; day < 90; day += 1) {
    const state = await stateOf(campaign)
    if (state === 'closed' || state === 'stopped') return state
    if (state === 'closing') await take(campaign, { type: 'apply', who: 0, item: 0, choice: 0 })
    else if (state === 'settled') await take(campaign, { type: 'judge', who: 0, item: 0, choice: day })
    await take(campaign, { type: 'wait', who: 0, item: 0, choice: 23 })
  }
  return await stateOf(campaign)
}

describe('hundreds of random steps by several people at a campaign', () => {
  it.each([20261128, 41])(
    'leave nothing decided twice, lost, or open (seed %i)',
    async (seed) => {
      const campaign = await launch()
      const done: Partial<Record<StepType, number>> = {}
      let decisions = 0
      let number = 0
      for (const step of fc.sample(stepArbitrary, { seed, numRuns: 150 })) {
        number += 1
        if (await take(campaign, step)) done[step.type] = (done[step.type] ?? 0) + 1
        decisions = await validate(campaign, decisions, `step ${number} (${JSON.stringify(step)}) of seed ${seed}`)
        const state = await stateOf(campaign)
        if (state === 'closed' || state === 'stopped') break
      }
      expect(Object.keys(done).length, 'many kinds of steps were done').toBeGreaterThan(6)
      expect(['closed', 'stopped']).toContain(await finish(campaign))
      await validate(campaign, decisions, `the end of seed ${seed}`)
    },
    600_000,
  )
})
