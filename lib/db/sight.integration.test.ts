import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from './client'
import { syncReferenceData } from './reference'
import { partlyVisible, seeingAll } from './sight'
import { sql } from './sql'
import { createTestDatabase, type TestDatabase } from './testing'

/**
 * Tables that a viewer is shown as they are, each with the reason why it names no agent and no tool to anybody who may
 * not know of it. Whoever makes a table decides: a view (sight.shown in the migrations), or a reason here.
 */
const shownToAll: Readonly<Record<string, string>> = {
  _prisma_migrations: 'names of migrations',
  account: 'who signs in, and who acts for agents that everybody may know of',
  account_identity: 'accounts at identity providers',
  account_link: 'invitations of accounts',
  api_token: 'tokens of accounts',
  calendar_feed: 'secrets of calendars',
  control_layer: 'the five layers',
  enforcement_point: 'what decides on the way; what leads there is left out',
  event_stream: 'where events go, for those who run Pentarch',
  event_stream_item: 'read by the delivery alone',
  event_stream_pending: 'read by the delivery alone',
  export_chunk: 'of an export, whose maker alone may fetch it',
  export_run: 'what somebody exported, for them alone',
  export_schedule_run: 'sizes and digests of files, and where they are',
  idempotency_key: 'answers that somebody got; the runner looks at them before it gives them again',
  log_checkpoint: 'roots of the log',
  log_cosignature: 'signatures of checkpoints',
  log_identity: 'the id of the log',
  log_key: 'public keys',
  log_pending: 'read by the log alone',
  log_tile: 'hashes, which tell nothing of what they are of',
  log_verification: 'whether the log is what it was',
  log_witness: 'who cosigns',
  membership: 'who is in a team',
  news_told: 'read by the mail alone',
  passkey: 'how accounts sign in',
  passkey_challenge: 'how accounts sign in',
  person: 'people',
  recovery_code: 'how accounts sign in',
  request_count: 'how much of its allowance each account and address has used',
  review_handover: 'who stands in for whom',
  review_reminder: 'read by the mail alone',
  review_told: 'read by the mail alone',
  scim_departure: 'people who are to leave',
  scim_group: 'teams as a provider calls them',
  scim_member: 'who is in a team',
  scim_request: 'what a provider sent of people and teams',
  scim_user: 'people as a provider calls them',
  session: 'who is signed in',
  setting: 'the policy',
  sign_in_throttle: 'tries to sign in',
  team: 'teams',
  totp_secret: 'how accounts sign in',
}

let test: TestDatabase
let database: Database
const [open, closed, sponsor, nobody] = [v7(), v7(), v7(), v7()]
const at = new Date('2026-11-01T00:00:00Z')

beforeAll(async () => {
  test = await createTestDatabase()
  database = test.database
  await syncReferenceData(database)
  for (const id of [sponsor, nobody])
    await database.prisma.person.create({
      data: { id, externalId: id, name: id, source: 'test', createdAt: at, updatedAt: at },
    })
  for (const [id, restricted] of [
    [open, false],
    [closed, true],
  ] as const)
    await database.prisma.agent.create({
      data: {
        id,
        slug: id,
        name: id,
        restricted,
        sponsorId: sponsor,
        lifecycle: 'active',
        source: 'test',
        createdAt: at,
        updatedAt: at,
      },
    })
})
afterAll(() => test.drop())

const names = async (statement: string) =>
  (await database.pool.query<{ name: string }>(statement)).rows.map(({ name }) => name)

describe('what of the database a viewer is shown', () => {
  it('is a view in each schema, or the whole table for a reason', async () => {
    expect(await names(`SELECT viewname AS name FROM pg_views WHERE schemaname = 'visible' ORDER BY 1`)).toEqual(
      [...partlyVisible].sort(),
    )
    const past = await names(`
      SELECT viewname AS name FROM pg_views WHERE schemaname = 'as_of' AND viewname IN (${partlyVisible.map((name) => `'${name}'`).join(', ')}) ORDER BY 1`)
    expect(await names(`SELECT viewname AS name FROM pg_views WHERE schemaname = 'visible_as_of' ORDER BY 1`)).toEqual(
      past,
    )
    const tables = await names(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
    const partly = new Set<string>(partlyVisible)
    expect(tables.filter((table) => !partly.has(table))).toEqual(Object.keys(shownToAll).sort())
  })

  it('leaves out no table whose rows belong to an agent or a tool', async () => {
    const belonging = await names(`
      WITH RECURSIVE belonging (id) AS (
        SELECT unnest(ARRAY['public.agent', 'public.tool']::regclass[])::oid
        UNION SELECT c.conrelid FROM pg_constraint c JOIN belonging b ON c.confrelid = b.id WHERE c.contype = 'f'
      ) SELECT relname AS name FROM belonging JOIN pg_class p ON p.oid = belonging.id ORDER BY 1`)
    expect(belonging.length).toBeGreaterThan(12)
    expect(belonging.filter((table) => table in shownToAll)).toEqual([])
  })

  it('has every column of the table', async () => {
    const columns = (schema: string, tables: string) =>
      names(`SELECT table_name || '.' || column_name AS name FROM information_schema.columns
        WHERE table_schema = '${schema}' AND table_name IN (SELECT viewname FROM pg_views WHERE schemaname = '${tables}') ORDER BY 1`)
    expect(await columns('visible', 'visible')).toEqual(await columns('public', 'visible'))
    expect(await columns('visible_as_of', 'visible_as_of')).toEqual(await columns('as_of', 'visible_as_of'))
    expect(await columns('visible_history', 'visible_history')).toEqual(await columns('history', 'visible_history'))
  })
})

describe('a part of the database', () => {
  const slugs = async (part: Pick<Database, 'query'>, from = sql`agent`) =>
    (await part.query<{ slug: string }>(sql`SELECT slug FROM ${from} ORDER BY slug`)).map(({ slug }) => slug)
  const part = () => database.seenBy({ personId: nobody })

  it('leaves out what is restricted, by SQL and by Prisma, and shows it to whoever has standing', async () => {
    expect(await slugs(part())).toEqual([open])
    expect(await part().prisma.agent.findMany({ select: { slug: true } })).toEqual([{ slug: open }])
    expect(await slugs(database.seenBy({ personId: sponsor }))).toEqual([open, closed])
    expect(await slugs(database.seenBy({ personId: null }))).toEqual([open])
  })

  it('leaves it out of the past, of readings and of statements that name a schema', async () => {
    const then = new Date()
    expect(await part().past(then, (db) => slugs(db))).toEqual([open])
    expect(await part().past(then, ({ prisma }) => prisma.agent.count())).toBe(1)
    expect(await slugs(part(), sql`public.agent`)).toEqual([open])
    expect(await slugs(part(), sql`public."agent"`)).toEqual([open])
    for (const asOf of [undefined, then]) {
      const reading = await part().read(asOf)
      expect(await slugs(reading)).toEqual([open])
      expect(await slugs(reading, sql`public.agent`)).toEqual([open])
      await reading.end()
    }
  })

  it('is what a command reads, which writes to all of it', async () => {
    await part().transaction(async (db) => {
      const before = await db.prisma.agent.count()
      expect(before).toBe(1)
      await db.execute(sql`UPDATE agent SET purpose = 'written'`)
      const [some, many, rest] = await Promise.all([
        slugs(db),
        seeingAll(db, async () => await slugs(db)),
        Promise.resolve('nothing'),
      ])
      expect(rest).toBe('nothing')
      expect(some).toEqual([open])
      expect(many).toEqual([open, closed])
      expect(await db.prisma.agent.findMany({ where: { slug: closed } })).toEqual([])
      expect(await slugs(db)).toEqual([open])
      const [locked] = await db.query<{ slug: string }>(sql`SELECT slug FROM agent FOR UPDATE`)
      expect(locked).toEqual({ slug: open })
    })
    const { rows } = await database.pool.query('SELECT DISTINCT purpose FROM agent')
    expect(rows).toEqual([{ purpose: 'written' }])
  })

  it('has no way around', async () => {
    expect(() => part().pool).toThrow(/no pool/)
    await expect(part().execute(sql`UPDATE agent SET purpose = 'x'`)).rejects.toThrow(/no statements/)
    await expect(part().close()).rejects.toThrow(/no end/)
    await expect(part().snapshot((db) => db.execute(sql`UPDATE agent SET purpose = 'x'`))).rejects.toThrow(/read-only/)
  })
})
