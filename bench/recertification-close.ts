import { strict as assert } from 'node:assert'
import { v7 } from 'uuid'
import { sql } from '@/lib/db/sql'
import { gapsAreRight } from '@/lib/gaps/reevaluate'
import { cellsAreRight } from '@/lib/ownership/store'
import { closeCampaign } from '@/lib/recertification/closing/close-campaign'
import { itemId } from '@/lib/recertification/launch/picture-sql-store'
import { definitionSchema } from '@/lib/recertification/model'
import type { Bench } from './database'
import { type Figure, within } from './figures'
import { durationOf, timingOf } from './measure'

const section = 'Recertification'
const itemsMax = 100_000
const withinMs = 60_000

/** Closing a large campaign: of a hundred items 92 certified, 4 not answered, 2 revoked and 2 reassigned. */
export async function* measureClosing(bench: Bench): AsyncGenerator<Figure> {
  const { database, now } = bench
  const { id, items } = await decidedCampaign(bench)
  // The time stands still, so that no gap opens by its passing alone.
  const closing = { database, requestId: 'bench', clock: () => now, isLate: () => false }
  const duration = await durationOf(() => closeCampaign(id, closing))
  const campaign = await database.prisma.campaign.findUniqueOrThrow({ where: { id } })
  assert.deepEqual([campaign.state, campaign.itemsApplied], ['closed', items])
  assert.ok(await gapsAreRight(database, now), 'The gaps were not right')
  assert.ok(await cellsAreRight(database, now), 'The owners were not right')
  yield within(section, `close ${items.toLocaleString('en')} decided items`, timingOf([duration]), withinMs)
}

/** A campaign about everything that is not revoked, whose stages are over, as launching and deciding would leave it. */
async function decidedCampaign({ database, now }: Bench): Promise<{ id: string; items: number }> {
  const id = v7()
  const definition = definitionSchema.parse({
    kind: 'access',
    stages: [{ name: 'Owners', reviewers: { by: 'layer_lead' }, duration: 'P14D' }],
  })
  await database.prisma.campaign.create({
    data: {
      ...{ id, slug: `bench-${id}`, name: 'Everything', kind: 'access', state: 'running', stage: 1, definition },
      ...{ ownerName: 'bench', createdBy: 'bench', launchedAt: now, createdAt: now, updatedAt: now },
    },
  })
  const items = await database.execute(sql`
    INSERT INTO review_item (id, campaign_id, binding_id, subject_slug, agent_id, tool_id, risk, stage, state, outcome, standing, picture)
    SELECT ${itemId(v7().slice(0, 24), sql`n::int`)}, ${id}::uuid, b.id, b.slug, b.agent_id, b.tool_id, b.risk, 1, 'answered',
      (CASE WHEN n % 100 < 92 THEN 'certify' WHEN n % 100 < 96 THEN 'no_response' WHEN n % 100 < 98 THEN 'revoke' ELSE 'reassign' END)::review_outcome,
      'new', '{}'
    FROM (SELECT *, row_number() OVER (ORDER BY slug) AS n FROM binding WHERE state <> 'revoked' LIMIT ${itemsMax}) b`)
  await database.execute(sql`
    INSERT INTO review_decision (id, campaign_id, item_id, stage, person_id, person_name, verdict, to_team_id, at, batch_id, batch_size, seen)
    SELECT gen_random_uuid(), i.campaign_id, i.id, 1, gen_random_uuid(), 'A reviewer', i.outcome::text::review_verdict,
      CASE WHEN i.outcome = 'reassign' THEN t.id END, ${now}, gen_random_uuid(), 1, '{}'
    FROM review_item i, (SELECT id FROM team WHERE status = 'active' ORDER BY slug LIMIT 1) t
    WHERE i.campaign_id = ${id}::uuid AND i.outcome <> 'no_response'`)
  await database.execute(sql`UPDATE review_item SET state = 'settled' WHERE campaign_id = ${id}::uuid`)
  await database.execute(sql`UPDATE campaign SET state = 'closing', items = ${items} WHERE id = ${id}::uuid`)
  await database.pool.query('VACUUM ANALYZE review_item, review_decision')
  return { id, items }
}
