import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { systemActor } from '@/lib/access/model'
import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'
import { importUseCases } from '@/lib/importers/service'
import { estate } from '@/lib/importers/testing/registry'
import { layerIds } from '@/lib/layers'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { datasets } from '.'
import { type DatasetName, type DatasetRow, datasetNames } from './model'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  await registry.run(importUseCases['imports.apply'], {
    kind: 'estate',
    files: [{ name: 'estate.yaml', contentBase64: Buffer.from(estate).toString('base64') }],
  })
})
afterAll(() => registry.drop())

async function collected(db: Reader, name: DatasetName, filter: object = {}, sort?: string): Promise<DatasetRow[]> {
  const { rows, filter: schema } = datasets[name]
  const context = { db, now: registry.now(), actor: systemActor('test') }
  const found: DatasetRow[] = []
  for await (const batch of rows(context, schema.parse(filter), sort)) found.push(...batch)
  return found
}

const read = (name: DatasetName, filter: object = {}, sort?: string) =>
  registry.database.snapshot((db) => collected(db, name, filter, sort))

const types = {
  text: z.string(),
  number: z.number(),
  instant: z.iso.datetime({ precision: 3 }),
  date: z.iso.date(),
  boolean: z.boolean(),
  list: z.array(z.string()),
}

describe('every dataset', () => {
  it.each(datasetNames)(
    '%s has rows of its columns and types, by unique keys in the order of their bytes',
    async (name) => {
      const { columns, sorts } = datasets[name]
      const rows = await read(name)
      expect(rows.length).toBeGreaterThan(0)
      const shape = z.strictObject(Object.fromEntries(columns.map(({ id, type }) => [id, types[type].nullable()])))
      for (const row of rows) expect(shape.safeParse(row).error).toBeUndefined()
      const keys = rows.map((row) => String(row.key))
      const inOrder = [...new Set(keys)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      expect(keys).toEqual(inOrder)
      for (const sort of sorts) expect((await read(name, {}, sort)).length, sort).toBe(rows.length)
    },
  )

  it.each(datasetNames)('%s reads the same by a reading as in a snapshot', async (name) => {
    const reading = await registry.database.read()
    try {
      expect(await collected(reading, name)).toEqual(await read(name))
    } finally {
      await reading.end()
    }
  })
})

describe('the matrix', () => {
  it('has five cells a binding, and only those that a filter asks for', async () => {
    const all = await read('matrix')
    const bindings = new Set(all.map(({ binding }) => binding))
    expect(all.length).toBe(bindings.size * layerIds.length)
    const some = await read('matrix', { layer: 'identity,monitoring', status: 'unowned,orphaned' })
    expect(some).toEqual(
      all.filter(
        ({ layer, status }) =>
          (layer === 'identity' || layer === 'monitoring') && (status === 'unowned' || status === 'orphaned'),
      ),
    )
  })
})

describe('the audit log', () => {
  it('about one thing has what its history lists, change by change, in both orders', async () => {
    const { run } = registry
    const slug = (await registry.database.prisma.agent.findFirstOrThrow({ orderBy: { slug: 'asc' } })).slug
    const { version } = await run(useCases['agents.get'], { slug })
    await run(useCases['agents.update'], { slug, version, purpose: 'Answers tickets' })
    const about = `agent:${slug}`
    const rows = await read('audit', { about })
    const { rows: listed, next } = await run(useCases['audit.list'], { about, sort: 'at', limit: 200 })
    expect(next).toBeNull()
    expect(listed.length).toBeGreaterThan(1)
    const seen = rows.map(({ id, subject_type, subject_id, after }) => [
      ...[id, subject_type, subject_id],
      typeof after === 'string' ? JSON.parse(after) : null,
    ])
    expect(seen).toEqual(listed.map(({ id, subject, after }) => [id, subject.type, subject.id, after]))
    const keys = rows.map(({ key }) => String(key))
    expect(keys).toEqual([...new Set(keys)].sort())
    expect(await read('audit', { about }, 'newest')).toEqual([...rows].reverse())

    const edits = await read('audit', { about, action: 'agents.update' })
    expect(edits.map(({ action }) => action)).toEqual(['agents.update'])
    await expect(read('audit', { about: 'agent:nobody' })).rejects.toThrow('The agent "nobody"')
    const settings = await run(useCases['audit.count'], { about: 'settings:policy' })
    expect(await read('audit', { about: 'settings:policy' })).toHaveLength(settings.count)
  })
})

describe('a reading', () => {
  it('cancels what still runs when it is ended, and may be ended twice', async () => {
    const reading = await registry.database.read()
    const sleeping = reading.query(sql`SELECT pg_sleep(600)`)
    const outcome = sleeping.then(
      () => 'slept',
      (error: unknown) => (error instanceof Error ? error.message : 'failed'),
    )
    await Promise.all([reading.end(), reading.end()])
    expect(await outcome).toContain('cancel')
  })

  it('writes nothing', async () => {
    const reading = await registry.database.read()
    await expect(reading.execute(sql`DELETE FROM gap_binding`)).rejects.toThrow(/read-only/)
    await reading.end()
  })

  it('has as many at a time as it may, and lets the next begin when one ends', async () => {
    const readings = await Promise.all(Array.from({ length: 4 }, () => registry.database.read()))
    const fifth = registry.database.read()
    await Promise.all(readings.map((reading) => reading.query(sql`SELECT 1`)))
    await readings[0]?.end()
    await (await fifth).end()
    await Promise.all(readings.map((reading) => reading.end()))
  })
})

describe('a matrix that changes', () => {
  it('stays as it was when the reading began, whatever is written meanwhile', async () => {
    const before = await read('matrix')
    const reading = await registry.database.read()
    await reading.query(sql`SELECT 1`)
    await registry.database.execute(sql`UPDATE binding SET risk = 'low'`)
    await registry.database.execute(sql`DELETE FROM gap_binding`)
    expect(await collected(reading, 'matrix')).toEqual(before)
    await reading.end()
    expect(await read('matrix')).not.toEqual(before)
  })
})
