import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeChanges } from '@/lib/audit/change-store'
import { appendAuditEvent } from '@/lib/audit/store'
import { sql } from '@/lib/db/sql'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { actorWith } from '@/lib/registry/testing'
import { appendPending } from './append'
import { utf8 } from './bytes'
import { findLeaves, logSize } from './log-store'
import { leafHash, rootOf, verifyConsistency, verifyInclusion } from './merkle'
import { proveConsistency, proveInclusion, rootAt } from './tree-store'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

let numbers = 0
const newId = () => {
  numbers += 1
  return `018f4c3e-0000-7000-8000-${String(numbers).padStart(12, '0')}`
}
const write = (db = test.database as Parameters<typeof appendAuditEvent>[0]['db'], id = newId()) =>
  appendAuditEvent(
    {
      actor: actorWith('admin', { id: newId(), name: 'Leila' }),
      db,
      newId,
      now: new Date('2026-03-01T00:00:00Z'),
      requestId: 'r',
    },
    'agents.update',
    { id, subjectType: 'agent', subjectId: newId(), after: { name: `a${numbers}` }, reason: 'why' },
  )

/** Many events at once, as a big import would not write them but a load test does. */
const writeMany = (count: number) =>
  test.database.execute(sql`
    INSERT INTO audit_event (id, at, actor_kind, actor_name, action, subject_type, subject_id, after, request_id)
    SELECT gen_random_uuid(), now(), 'system', 'test', 'agents.update', 'agent', n::text, jsonb_build_object('n', n), 'r'
    FROM generate_series(1, ${count}) AS n`)

describe('the sequencer', () => {
  it('makes a leaf of each event, in order, each naming the one before', async () => {
    for (let count = 0; count < 5; count += 1) await write()
    expect(await appendPending(test.database)).toBe(5)
    expect(await appendPending(test.database)).toBe(0)
    const leaves = await findLeaves(test.database, 0, 10)
    const documents = leaves.map(({ body }) => JSON.parse(body))
    expect(documents.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4])
    expect(documents.map(({ previous }) => previous?.index ?? null)).toEqual([null, 0, 1, 2, 3])
    expect(documents[3].previous.leaf).toBe(Buffer.from(leaves[2]?.hash ?? []).toString('hex'))
    for (const { body, hash } of leaves) expect(leafHash(utf8(body))).toEqual(new Uint8Array(hash))
    expect(JSON.stringify(documents)).not.toMatch(/Leila|why/)
  })

  it('never passes over an event whose transaction commits late', async () => {
    const late = await test.database.pool.connect()
    try {
      await late.query('BEGIN')
      const id = newId()
      await late.query(
        `INSERT INTO audit_event (id, at, actor_kind, actor_name, action, subject_type, subject_id, request_id)
         VALUES ($1, now(), 'system', 'late', 'agents.update', 'agent', 'x', 'r')`,
        [id],
      )
      await write()
      expect(await appendPending(test.database)).toBe(1)
      await late.query('COMMIT')
      expect(await appendPending(test.database)).toBe(1)
      const [leaf] = await findLeaves(test.database, 6, 1)
      expect(leaf?.eventId).toBe(id)
    } finally {
      late.release()
    }
  })

  it('binds the single records of an event, however many', async () => {
    const id = newId()
    const changes = Array.from({ length: 2500 }, () => ({ subjectType: 'tool', subjectId: newId(), after: { a: 1 } }))
    await writeChanges(test.database, id, changes)
    await write(test.database, id)
    await appendPending(test.database)
    const [leaf] = await findLeaves(test.database, 7, 1)
    expect(JSON.parse(leaf?.body ?? '').changes).toMatchObject({
      rows: 2500,
      root: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it('keeps tiles that prove every place and every history, with several sequencers at once', async () => {
    await writeMany(66_000)
    const before = await logSize(test.database)
    const counts = await Promise.all([appendPending(test.database), appendPending(test.database, 'wait')])
    expect(counts[0] + counts[1]).toBe(66_000)
    const size = await logSize(test.database)
    expect(size).toBe(before + 66_000)
    const hashes = (await findLeaves(test.database, 0, size)).map(({ hash }) => new Uint8Array(hash))
    const root = rootOf(hashes)
    expect(await rootAt(test.database, size)).toEqual(root)
    for (const at of [1, 8, 255, 256, 257, 511, 65_535, 65_536, 65_537, size - 1]) {
      const oldRoot = await rootAt(test.database, at)
      expect(oldRoot).toEqual(rootOf(hashes.slice(0, at)))
      const history = await proveConsistency(test.database, at, size)
      expect(verifyConsistency({ size: at, root: oldRoot }, { size, root }, history)).toBe(true)
      const place = { index: at, size, leaf: hashes[at] ?? root, root }
      expect(verifyInclusion(place, await proveInclusion(test.database, size, at))).toBe(true)
    }
    await expect(rootAt(test.database, size + 1)).rejects.toThrow(RangeError)
  })

  it('only grows', async () => {
    for (const table of ['log_leaf', 'log_tile']) {
      await expect(test.database.pool.query(`UPDATE ${table} SET index = index`)).rejects.toThrow('refused')
      await expect(test.database.pool.query(`DELETE FROM ${table}`)).rejects.toThrow('refused')
      await expect(test.database.pool.query(`TRUNCATE ${table}`)).rejects.toThrow('refused')
    }
  })
})
