import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

it('finds the old row of each new one by hashing, whatever the statements before were like', async () => {
  const client = await test.database.pool.connect()
  try {
    const many = 20_000
    await client.query(
      `INSERT INTO team (id, slug, name, function, status, contact, source, created_at, updated_at)
       SELECT gen_random_uuid(), 'team-' || n, 'Team ' || n, 'platform', 'active', '', 'test', now(), now() FROM generate_series(1, $1::int) n`,
      [many],
    )
    // The plan is made and kept while there is little to do.
    for (let turn = 0; turn < 8; turn += 1)
      await client.query(`UPDATE team SET contact = 'turn ${turn}' WHERE slug = 'team-1'`)
    // Nested loops would compare four hundred million pairs, for minutes.
    await client.query(`SET statement_timeout = '20s'`)
    await client.query(`UPDATE team SET contact = 'everybody'`)
    const { rows } = await client.query(`SELECT count(*)::int AS rows FROM history.team`)
    expect(rows).toEqual([{ rows: many + 8 }])
  } finally {
    client.release(true)
  }
})
