import { strict as assert } from 'node:assert'
import { v7 } from 'uuid'
import { sql } from '@/lib/db/sql'
import { accessPictures } from '@/lib/recertification/launch/picture-access-store'
import { definitionSchema } from '@/lib/recertification/model'
import { reviewUseCases } from '@/lib/recertification/reviews/service'
import { type Run, runUseCase } from '@/lib/use-cases/run'
import type { Bench } from './database'
import { against, type Figure, within } from './figures'
import { often, type Repetition, time, timeBoth } from './measure'
import { inboxByHand } from './reviews-sql'

const section = 'Reviewing'
const openItems = 5_000
const otherItems = 95_000
const pageRows = 50
const decidedAtOnce = 1_000
const decideMsMax = 1_000
const views = [
  { name: 'by tool', input: {}, order: 'i.tool_slug' },
  { name: 'by agent', input: { group: 'agent' }, order: 'i.agent_slug' },
  { name: 'critical, by tool', input: { risk: 'critical' }, order: 'i.tool_slug', risk: 'critical' },
] as const
/** Each run decides on items of its own. */
const fewTimes: Repetition = { warmUp: 1, runs: 3 }

/** The inbox of one reviewer in a large campaign beside hand-written SQL, and many decisions in one go. */
export async function* measureReviews(bench: Bench): AsyncGenerator<Figure> {
  const { campaign, reviewer, personId } = await runningCampaign(bench)
  const run: Run = { ...bench.run, actor: reviewer }
  for (const { name, input, ...byHand } of views) {
    const product = () => runUseCase(reviewUseCases['reviews.list'], { ...input, limit: pageRows }, run)
    const hand = () => inboxByHand(bench.database.pool, { reviewer: personId, ...byHand }, pageRows + 1)
    const [{ rows }, expected] = [await product(), await hand()]
    // A ratio between different answers would say nothing.
    assert.deepEqual(
      rows.map(({ id, group }) => [id, group.count]),
      expected.slice(0, pageRows).map(({ id, count }) => [id, count]),
    )
    const what = `inbox of ${openItems.toLocaleString('en')} items, first page ${name}`
    yield against(section, what, await timeBoth(product, hand, often), 'hand-written SQL', 1.5)
  }
  const counts = () => runUseCase(reviewUseCases['reviews.counts'], {}, run)
  yield within(section, 'how many wait, campaign by campaign', await time(counts, often), 100)
  const batches = await openInBatches(bench, campaign, personId)
  const decide = async () => {
    const items = batches.next().value ?? []
    const { decided } = await runUseCase(
      reviewUseCases['reviews.decide'],
      { decisions: items.map((item) => ({ item, verdict: 'certify' as const, comment: 'Still needed' })) },
      run,
    )
    assert.equal(decided, decidedAtOnce)
  }
  const what = `${decidedAtOnce.toLocaleString('en')} decisions in one go`
  yield within(section, what, await time(decide, fewTimes), decideMsMax)
}

/** A campaign about a hundred thousand bindings as its launch would leave it, with five thousand items for one person. */
async function runningCampaign({ database, now, run }: Bench) {
  const id = v7()
  const definition = definitionSchema.parse({
    kind: 'access',
    stages: [{ name: 'Owners', reviewers: { by: 'layer_lead' }, duration: 'P14D' }],
  })
  const endsAt = new Date(now.getTime() + 14 * 86_400_000)
  const people = await database.prisma.person.findMany({
    where: { status: 'active' },
    orderBy: { id: 'asc' },
    take: 21,
  })
  const [first] = people
  if (!first) throw new Error('The estate has no people')
  await database.prisma.campaign.create({
    data: {
      ...{ id, slug: `reviews-${id}`, name: 'Reviews', kind: 'access', state: 'running', stage: 1, definition },
      ...{ ownerName: 'bench', createdBy: 'bench', launchedAt: now, picturedAt: now, createdAt: now, updatedAt: now },
      stages: { create: { number: 1, startedAt: now, dueOn: endsAt, endsAt } },
    },
  })
  await database.execute(sql`
    INSERT INTO review_item (id, campaign_id, binding_id, subject_slug, agent_id, agent_slug, tool_id, tool_slug, accountable_id, risk, stage, state, standing, picture)
    SELECT gen_random_uuid(), ${id}::uuid, b.id, b.slug, b.agent_id, g.slug, b.tool_id, b.tool_slug, NULL, b.risk, 1, 'open', 'new', y.picture
    FROM (${accessPictures(sql`
      SELECT b.id AS binding_id, b.agent_id, g.sponsor_id AS accountable_id FROM binding b JOIN agent g ON g.id = b.agent_id
      WHERE b.state = 'active' ORDER BY b.id LIMIT ${openItems + otherItems}`)}) y
    JOIN binding b ON b.id = y.id::uuid JOIN agent g ON g.id = b.agent_id`)
  await database.execute(sql`
    INSERT INTO item_reviewer (item_id, person_id, stage, campaign_id, because, state, due_at, added_at)
    SELECT i.id, (${people.map((person) => person.id)}::uuid[])[CASE WHEN i.n <= ${openItems} THEN 1 ELSE 2 + i.n % ${people.length - 1} END],
      1, ${id}::uuid, 'layer_lead', 'open', ${endsAt}, ${now}
    FROM (SELECT id, row_number() OVER (ORDER BY md5(id::text)) AS n FROM review_item WHERE campaign_id = ${id}::uuid) i`)
  await database.pool.query('VACUUM ANALYZE')
  return { campaign: id, reviewer: { ...run.actor, personId: first.id }, personId: first.id }
}

/** The reviewer's open items, a thousand at a time. */
async function openInBatches({ database }: Bench, campaign: string, reviewer: string) {
  const rows = await database.query<{ id: string }>(sql`
    SELECT i.id::text FROM item_reviewer r JOIN review_item i ON i.id = r.item_id
    WHERE i.campaign_id = ${campaign}::uuid AND r.person_id = ${reviewer}::uuid AND r.state = 'open' ORDER BY 1`)
  const ids = rows.map(({ id }) => id)
  return (function* () {
    for (let from = 0; from < ids.length; from += decidedAtOnce) yield ids.slice(from, from + decidedAtOnce)
  })()
}
