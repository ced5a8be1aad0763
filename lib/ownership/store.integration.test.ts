import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import type { Db } from '@/lib/db/client'
import { syncReferenceData } from '@/lib/db/reference'
import { sql } from '@/lib/db/sql'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { settle } from '@/lib/estate/settle'
import type { Picture } from '@/lib/gaps/picture'
import { loadPicture } from '@/lib/gaps/store/load-picture'
import { randomOf } from '@/lib/gaps/testing/random'
import { seedRandomEstate } from '@/lib/gaps/testing/random-estate'
import { layerIds } from '@/lib/layers'
import { isCredible } from './credible'
import type { OwnerStatus } from './model'
import { indexLive, resolveOwner } from './resolve'
import { rebuildCells } from './store'

const start = new Date('2026-11-01T00:00:00Z')

interface CellFact {
  cell: string
  assignment: string | null
  source: string | null
  status: OwnerStatus
}

/** What the pure functions say of every active binding. */
function resolved(picture: Picture, now: Date): CellFact[] {
  const live = indexLive(picture.assignments.values(), now.getTime())
  // Those that were revoked and whose access may not be gone yet are in the picture as well; nobody has to own them.
  const active = [...picture.bindings.values()].filter(({ state }) => state === 'active')
  return active.flatMap((binding) =>
    layerIds.map((layer): CellFact => {
      const applicationId = picture.tools.get(binding.toolId)?.applicationId ?? null
      const owner = resolveOwner(
        { bindingId: binding.id, agentId: binding.agentId, toolId: binding.toolId, applicationId },
        layer,
        live,
      )
      const assignment = owner ? picture.assignments.get(owner.assignmentId) : undefined
      const confirmed = assignment?.state === 'proposed' ? 'unconfirmed' : 'owned'
      return {
        cell: `${binding.id}:${layer}`,
        assignment: owner?.assignmentId ?? null,
        source: owner?.source ?? null,
        status: !assignment ? 'unowned' : isCredible(assignment, picture) ? confirmed : 'orphaned',
      }
    }),
  )
}

async function materialised(db: Db): Promise<CellFact[]> {
  return await db.query<CellFact>(sql`
    SELECT e.binding_id || ':' || e.layer AS cell, e.assignment_id::text AS assignment, e.source::text, e.status::text
    FROM effective_owner e JOIN binding b ON b.id = e.binding_id WHERE b.state = 'active'`)
}

const sorted = (cells: CellFact[]) => cells.sort((a, b) => a.cell.localeCompare(b.cell))

describe('the effective owners in the database', () => {
  let made: TestDatabase
  beforeEach(async () => {
    made = await createTestDatabase()
    await syncReferenceData(made.database)
  })
  afterEach(() => made.drop())

  /** The set-based SQL and the pure function never disagree, and a rebuild finds nothing to change. */
  it.each([11, 12])('are what the pure resolution says after every edit, seed %i', async (seed) => {
    const { database } = made
    const estate = await seedRandomEstate(database, randomOf(seed), start)
    for (let step = 1; step <= 120; step += 1) {
      const change = await database.transaction(async (db) => {
        const edited = await estate.edit(db, start)
        await settle({ db, now: start, actor: systemActor('test'), newId: v7, requestId: 'test' }, edited)
        return edited
      })
      const picture = await loadPicture(database)
      expect(sorted(await materialised(database)), `step ${step}: ${JSON.stringify(change)}`).toEqual(
        sorted(resolved(picture, start)),
      )
    }
    expect((await rebuildCells(database, start)).cells).toBe(0)
  })
})
