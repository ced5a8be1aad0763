import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import type { Database, Db } from '@/lib/db/client'
import { syncReferenceData } from '@/lib/db/reference'
import { sql } from '@/lib/db/sql'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { lockEstate, settle } from '@/lib/estate/settle'
import { rebuildCells } from '@/lib/ownership/store'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { evaluateAll, gapKey } from './evaluate'
import { exceptedIn } from './exceptions'
import { evidenceWays } from './indexed-evidence'
import { defaultGapPolicy, type Finding } from './model'
import { evaluateEverything } from './reevaluate'
import { loadPicture } from './store/load-picture'
import { randomOf } from './testing/random'
import { seedRandomEstate } from './testing/random-estate'
import { dayMs } from './wording'

/** More of them on request: REEVALUATE_SEEDS=40 tries forty. */
const seeds = Array.from({ length: Number(process.env.REEVALUATE_SEEDS ?? 3) }, (_, index) => index + 1)

const start = new Date('2026-11-01T00:00:00Z')
const contextOf = (db: Db, now: Date): UseCaseContext => ({
  db,
  now,
  actor: systemActor('test'),
  newId: v7,
  requestId: 'test',
})

/** A gap that stands, or should. */
type Standing = Finding & { isExcepted: boolean }

const sorted = (findings: Standing[]) =>
  findings.map((finding) => ({ key: gapKey(finding), ...finding })).sort((a, b) => a.key.localeCompare(b.key))

async function standingGaps(db: Db): Promise<Standing[]> {
  return await db.query<Standing>(sql`
    SELECT rule, json_build_object('type', subject_type, 'id', subject_id) AS subject, layer, point_id AS "pointId", severity, explanation,
      state = 'excepted' AS "isExcepted",
      ARRAY(SELECT binding_id::text FROM gap_binding WHERE gap_id = gap.id ORDER BY 1) AS "bindingIds"
    FROM gap WHERE state <> 'resolved'`)
}

async function whole(db: Db, now: Date): Promise<Standing[]> {
  const picture = await loadPicture(db)
  const isExcepted = exceptedIn(evidenceWays(picture), now.getTime())
  return evaluateAll(picture, { now: now.getTime(), policy: defaultGapPolicy }).map((finding) => ({
    ...finding,
    isExcepted: isExcepted(finding),
  }))
}

describe('re-evaluation after a change', () => {
  let made: TestDatabase
  let database: Database
  beforeEach(async () => {
    made = await createTestDatabase()
    database = made.database
    await syncReferenceData(database)
  })
  afterEach(() => made.drop())

  /** After any sequence of edits the gaps are those that a whole evaluation finds, and no cell was left wrong. */
  it.each(seeds)('gives what evaluating everything gives, seed %i', async (seed) => {
    const random = randomOf(seed)
    let now = start
    const estate = await seedRandomEstate(database, random, now)
    await database.transaction((db) => evaluateEverything(contextOf(db, now)))
    for (let step = 1; step <= 120; step += 1) {
      const change = await database.transaction(async (db) => {
        const context = contextOf(db, now)
        await lockEstate(context)
        const edited = await estate.edit(db, now)
        await settle(context, edited)
        return edited
      })
      expect(sorted(await standingGaps(database)), `step ${step}: ${JSON.stringify(change)}`).toEqual(
        sorted(await whole(database, now)),
      )
      if (step % 30 === 0) {
        expect((await rebuildCells(database, now)).cells).toBe(0)
        now = new Date(now.getTime() + 5 * dayMs)
        await database.transaction(async (db) => {
          await rebuildCells(db, now)
          await evaluateEverything(contextOf(db, now))
        })
      }
    }
  })
})
