import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import type { Db } from '@/lib/db/client'
import { recordFrom } from '@/lib/db/past'
import { syncReferenceData } from '@/lib/db/reference'
import { identifier, sql } from '@/lib/db/sql'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { lockEstate, settle } from '@/lib/estate/settle'
import { randomOf } from '@/lib/gaps/testing/random'
import { seedRandomEstate } from '@/lib/gaps/testing/random-estate'
import { countDifferences, findDifferences } from './compare-store'
import type { Span } from './difference-store'
import { type ComparedKind, comparedKinds, comparisons, type How } from './kinds'

const start = new Date('2026-11-01T00:00:00Z')

type Row = Record<string, unknown>
type Dump = Record<ComparedKind, Map<string, Row>>

/** All that is there, by kind and key: the whole of each table, as whoever does not know what changed has to read it. */
async function dump(db: Db): Promise<Dump> {
  const entries: [ComparedKind, Map<string, Row>][] = []
  for (const kind of comparedKinds) {
    const { table, key } = comparisons[kind]
    const rows = await db.query<{ row: Row }>(sql`SELECT to_jsonb(t) AS row FROM ${identifier(table)} t`)
    const there = rows.map(({ row }) => row).filter((row) => kind !== 'gap' || row.state !== 'resolved')
    entries.push([kind, new Map(there.map((row) => [key.map((column) => row[column]).join(':'), row]))])
  }
  return Object.fromEntries(entries) as Dump
}

interface Told {
  key: string
  how: How
  was: Row | null
  is: Row | null
}

/** The difference of two dumps, and nothing else that anybody might think of. */
function between(kind: ComparedKind, before: Dump, after: Dump): Told[] {
  const { fields, moves, comes, goes } = comparisons[kind]
  const told: Told[] = []
  for (const key of new Set([...before[kind].keys(), ...after[kind].keys()])) {
    const [was, is] = [before[kind].get(key) ?? null, after[kind].get(key) ?? null]
    const differs = fields.some(({ column }) => JSON.stringify(was?.[column]) !== JSON.stringify(is?.[column]))
    if (was === null) told.push({ key, how: comes, was, is })
    else if (is === null) told.push({ key, how: goes, was, is })
    else if (differs)
      told.push({ key, how: moves !== undefined && was[moves] !== is[moves] ? 'moved' : 'changed', was, is })
  }
  return told
}

const inOrder = (told: Told[]) => told.sort((one, other) => (one.key < other.key ? -1 : 1))

/** Only the compared fields of a side. */
const compared = (kind: ComparedKind, side: Row | null) =>
  side && Object.fromEntries(comparisons[kind].fields.map(({ column }) => [column, side[column]]))

async function allPages(db: Db, kind: ComparedKind, span: Span): Promise<Told[]> {
  const all: Told[] = []
  let start: string[] | null = null
  for (;;) {
    const page = await findDifferences(db, { kind, how: undefined, span, start, limit: 7 })
    all.push(...page.map(({ key, how, was, is }) => ({ key, how, was, is })))
    const last = page.at(-1)
    if (!last || page.length < 7) return all
    start = [last.slug, last.key]
  }
}

describe('comparing two instants', () => {
  let made: TestDatabase
  beforeEach(async () => {
    made = await createTestDatabase()
    await syncReferenceData(made.database)
  })
  afterEach(() => made.drop())

  it.each([31, 32])('finds exactly the difference of two whole dumps, seed %i', async (seed) => {
    const { database } = made
    const random = randomOf(seed)
    const estate = await seedRandomEstate(database, random, start)
    const remembered: { at: Date; dump: Dump }[] = []
    let now = new Date()
    for (let step = 1; step <= 60; step += 1) {
      now = new Date(now.getTime() + Math.trunc(random.next() * 4 - 1))
      await database.transaction(async (db) => {
        await db.query(recordFrom(now))
        const context = { db, now, actor: systemActor('test'), newId: v7, requestId: 'test' }
        await lockEstate(context)
        await settle(context, await estate.edit(db, start))
      })
      const [clock] = await database.query<{ at: Date }>(sql`SELECT at FROM history.estate_clock`)
      if (!clock) throw new Error('The estate has no clock')
      remembered.push({ at: clock.at, dump: await dump(database) })
    }
    for (let round = 0; round < 25; round += 1) {
      const [one, other] = [random.below(60), random.below(60)].sort((a, b) => a - b)
      const [then, later] = [remembered[one ?? 0], remembered[round === 0 ? 59 : (other ?? 0)]]
      if (!then || !later || then.at >= later.at) continue
      const span = { from: then.at, to: later.at }
      const counts = await countDifferences(database, span)
      for (const kind of comparedKinds) {
        const expected = inOrder(between(kind, then.dump, later.dump))
        const found = inOrder(await allPages(database, kind, span))
        const sides = (told: Told[]) =>
          told.map(({ key, how, was, is }) => ({ key, how, was: compared(kind, was), is: compared(kind, is) }))
        expect(sides(found), `${kind} from ${one} to ${other}`).toEqual(sides(expected))
        const counted = counts.filter((row) => row.kind === kind).reduce((total, { count }) => total + count, 0)
        expect(counted).toBe(expected.length)
      }
    }
  })
})
