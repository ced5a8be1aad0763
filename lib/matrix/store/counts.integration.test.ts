import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import type { Database } from '@/lib/db/client'
import { syncReferenceData } from '@/lib/db/reference'
import { sql } from '@/lib/db/sql'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { lockEstate, settle } from '@/lib/estate/settle'
import { randomOf } from '@/lib/gaps/testing/random'
import { seedRandomEstate } from '@/lib/gaps/testing/random-estate'
import { bindingStates, riskTiers } from '@/lib/registry/model'
import { countCells } from './counts'

const now = new Date('2026-11-01T00:00:00Z')

describe('counting the cells of the matrix', () => {
  let made: TestDatabase
  let database: Database
  beforeEach(async () => {
    made = await createTestDatabase()
    database = made.database
    await syncReferenceData(database)
  })
  afterEach(() => made.drop())

  const counters = () =>
    database.query(sql`
      SELECT state, risk, environment, layer, status, cells FROM cell_count WHERE cells <> 0 ORDER BY 1, 2, 3, 4, 5`)
  const counted = () =>
    database.query(sql`
      SELECT b.state, b.risk, b.environment, e.layer, e.status, count(*)::int AS cells
      FROM effective_owner e JOIN binding b ON b.id = e.binding_id GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`)

  /** After any sequence of edits, and after bindings go, the counters say what counting says. */
  it.each([1, 2])('keeps the counters right, seed %i', async (seed) => {
    const random = randomOf(seed)
    const estate = await seedRandomEstate(database, random, now)
    for (let step = 1; step <= 60; step += 1) {
      await database.transaction(async (db) => {
        const context = { db, now, actor: systemActor('test'), newId: v7, requestId: 'test' }
        await lockEstate(context)
        await settle(context, await estate.edit(db, now))
        const risk = random.pick(riskTiers)
        const state = random.pick(bindingStates)
        await db.execute(sql`
          UPDATE binding SET risk = ${risk}::risk_tier, state = ${state}::binding_state, active_since = ${now}
          WHERE id IN (SELECT id FROM binding ORDER BY hashtext(id::text || ${String(step)}) LIMIT 3)`)
      })
      expect(await counters(), `step ${step}`).toEqual(await counted())
    }
    await database.execute(
      sql`DELETE FROM binding WHERE risk = 'high' AND id NOT IN (SELECT binding_id FROM assignment WHERE binding_id IS NOT NULL)`,
    )
    expect(await counters()).toEqual(await counted())
  })

  it('counts by the counters what it counts cell by cell', async () => {
    const random = randomOf(3)
    const estate = await seedRandomEstate(database, random, now)
    await database.transaction(async (db) => {
      const context = { db, now, actor: systemActor('test'), newId: v7, requestId: 'test' }
      await settle(context, await estate.edit(db, now))
    })
    // Every tool is of one of the kinds, so that naming all of them only chooses the other way of counting.
    const everyKind = ['api', 'mcp_tool', 'dataset', 'workflow'] as const
    for (const filter of [{}, { risk: ['high' as const] }, { state: ['active' as const, 'revoked' as const] }]) {
      expect(await countCells(database, filter)).toEqual(
        await countCells(database, { ...filter, kind: [...everyKind] }),
      )
    }
  })
})
