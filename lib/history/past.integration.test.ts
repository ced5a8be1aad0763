import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import type { Db } from '@/lib/db/client'
import { governedTables } from '@/lib/db/governed'
import { recordFrom } from '@/lib/db/past'
import { syncReferenceData } from '@/lib/db/reference'
import { identifier, join, sql } from '@/lib/db/sql'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { lockEstate, settle } from '@/lib/estate/settle'
import { randomOf } from '@/lib/gaps/testing/random'
import { seedRandomEstate } from '@/lib/gaps/testing/random-estate'

const start = new Date('2026-11-01T00:00:00Z')

/** A digest of all rows of each governed table. */
async function digests(db: Db): Promise<Record<string, string>> {
  const parts = governedTables.map(
    (table) => sql`
      SELECT ${table}::text AS name, md5(COALESCE(string_agg(row::text, ',' ORDER BY row::text), '')) AS digest
      FROM (SELECT to_jsonb(t) AS row FROM ${identifier(table)} t) rows`,
  )
  const rows = await db.query<{ name: string; digest: string }>(join(parts, ' UNION ALL '))
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}

describe('the past', () => {
  let made: TestDatabase
  beforeEach(async () => {
    made = await createTestDatabase()
    await syncReferenceData(made.database)
  })
  afterEach(() => made.drop())

  it.each([21, 22])('is what was there then, in every table and at every instant, seed %i', async (seed) => {
    const { database } = made
    const random = randomOf(seed)
    const estate = await seedRandomEstate(database, random, start)
    const remembered: { at: Date; digests: Record<string, string> }[] = []
    let now = new Date()
    for (let step = 1; step <= 40; step += 1) {
      // Some in the same millisecond, one now and then as if begun before the one that came first.
      now = new Date(now.getTime() + Math.trunc(random.next() * 4 - 1))
      await database.transaction(async (db) => {
        const context = { db, now, actor: systemActor('test'), newId: v7, requestId: 'test' }
        await db.query(recordFrom(now))
        await lockEstate(context)
        await settle(context, await estate.edit(db, start))
      })
      const [clock] = await database.query<{ at: Date }>(sql`SELECT at FROM history.estate_clock`)
      if (!clock) throw new Error('The estate has no clock')
      remembered.push({ at: clock.at, digests: await digests(database) })
    }
    for (const { at, digests: then } of remembered)
      expect(await database.past(at, digests), at.toISOString()).toEqual(then)
  })

  it('is read through Prisma as through SQL', async () => {
    const { database } = made
    const id = v7()
    await database.prisma.person.create({
      data: {
        id,
        externalId: 'ada',
        name: 'Ada',
        status: 'active',
        source: 'test',
        createdAt: start,
        updatedAt: start,
      },
    })
    const [before] = await database.query<{ at: Date }>(
      sql`SELECT recorded_at AS at FROM person WHERE id = ${id}::uuid`,
    )
    await database.prisma.person.update({ where: { id }, data: { name: 'Ada King', status: 'left' } })
    const then = before?.at ?? start
    expect(
      await database.past(then, ({ prisma }) =>
        prisma.person.findMany({ where: { status: { in: ['active'] }, externalId: 'ada' }, select: { name: true } }),
      ),
    ).toEqual([{ name: 'Ada' }])
    expect(
      await database.past(new Date(then.getTime() - 1), ({ prisma }) => prisma.person.findUnique({ where: { id } })),
    ).toBeNull()
  })

  it('cannot be written to', async () => {
    const { database } = made
    const write = database.past(new Date(), ({ prisma }) => prisma.person.updateMany({ data: { name: 'x' } }))
    await expect(write).rejects.toThrow(/read-only|cannot update view/i)
    for (const statement of [
      'UPDATE history.person SET name = $$x$$',
      'DELETE FROM history.person',
      'TRUNCATE history.person',
    ])
      await expect(database.pool.query(statement)).rejects.toThrow(/refused/)
    await expect(database.pool.query('TRUNCATE binding CASCADE')).rejects.toThrow(/refused/)
  })

  it('leaves no trace of a change that changes nothing', async () => {
    const { database } = made
    const kept = async () => (await database.pool.query('SELECT count(*)::int AS n FROM history.team')).rows[0]?.n
    const before = await kept()
    await database.pool.query('UPDATE team SET name = name')
    expect(await kept()).toBe(before)
  })
})

describe('what has a past', () => {
  let made: TestDatabase
  beforeAll(async () => {
    made = await createTestDatabase()
  })
  afterAll(() => made.drop())

  const names = async (statement: string) =>
    (await made.database.pool.query<{ name: string }>(statement)).rows.map(({ name }) => name)

  it('is named in one list', async () => {
    const views = await names(`SELECT viewname AS name FROM pg_views WHERE schemaname = 'as_of' ORDER BY 1`)
    expect(views).toEqual([...governedTables].sort())
  })

  /** Whoever makes a table decides: it has history (history.keep), or it is named here with those that need none. */
  it('is every table but those of accounts, of the plumbing, and of what only grows', async () => {
    const tables = await names(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
    const governed = new Set<string>(governedTables)
    const growing = /^(audit|log|export|event_stream|schedule)(_|$)/
    expect(tables.filter((table) => !governed.has(table) && !growing.test(table))).toEqual([
      '_prisma_migrations',
      'account',
      'account_identity',
      'account_link',
      'api_token',
      'calendar_feed',
      'certification_event',
      'control_layer',
      'idempotency_key',
      'mail',
      'news_told',
      'passkey',
      'passkey_challenge',
      'recovery_code',
      'request_count',
      'review_reminder',
      'review_told',
      // What a provider said; what follows from it is the person's and the team's, which have a past.
      'scim_departure',
      'scim_group',
      'scim_member',
      'scim_request',
      'scim_user',
      'service_account',
      'session',
      'sign_in_throttle',
      'totp_secret',
    ])
  })

  it('keeps every column but those that never change', async () => {
    const columns = (schema: string) => `
      SELECT table_name || '.' || column_name AS name FROM information_schema.columns c
      WHERE table_schema = '${schema}' AND EXISTS (SELECT FROM information_schema.tables h
        WHERE h.table_schema = 'history' AND h.table_name = c.table_name AND h.table_name <> 'estate_clock') ORDER BY 1`
    const kept = new Set(await names(columns('history')))
    expect((await names(columns('public'))).filter((column) => !kept.has(column))).toEqual(['review_item.picture'])
    expect((await names(columns('as_of'))).length).toBe((await names(columns('public'))).length)
  })
})
