import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { systemActor } from '@/lib/access/model'
import { sql } from '@/lib/db/sql'
import { importUseCases } from '@/lib/importers/service'
import { estate } from '@/lib/importers/testing/registry'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { csvFormat } from '../formats/csv'
import { contentOf, fileOf, hostileNames } from '../formats/testing'
import { datasets } from '.'
import { described, selected, sqlColumn, sqlDataset } from './columns-store'
import type { Dataset } from './dataset'
import { type DatasetRow, datasetNames } from './model'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  await registry.run(importUseCases['imports.apply'], {
    kind: 'estate',
    files: [{ name: 'estate.yaml', contentBase64: Buffer.from(estate).toString('base64') }],
  })
})
afterAll(() => registry.drop())

/** Whatever a cell may begin with, before whatever it may hold. */
const beginnings = [
  '',
  '=',
  '+',
  '-',
  '@',
  '＝',
  '＋',
  '－',
  '＠',
  '\t',
  '\r',
  '\n',
  '\v',
  ' ',
  '"',
  "'",
  ',',
  '(',
  ')',
  '\\',
]
const contents = [
  '',
  'a',
  'a b',
  '"',
  '""',
  '\\',
  '\\"',
  ',',
  ',=1',
  '",=1',
  '\r\n=',
  '()',
  '){}',
  '5',
  '-5.25',
  '\u2028=',
  '\u00a0',
  '\u001f',
  'é🤖',
]
const texts = [null, ...beginnings.flatMap((first) => contents.map((rest) => first + rest)), ...hostileNames]

const columns = [
  sqlColumn('key', 'Key', 'text', sql`t.n::text`, 'Which'),
  sqlColumn('name', 'Name', 'text', sql`t.name`, 'What it is called'),
  sqlColumn('again', 'Again', 'text', sql`t.name`, 'The same beside it'),
  sqlColumn('count', 'Count', 'number', sql`(NULLIF(t.n, 7) * 1001 - 200000)::int`, 'How many, some below zero'),
  sqlColumn('sequence', 'Sequence', 'number', sql`(t.n / 4.0)::float8`, 'A fraction'),
  sqlColumn('open', 'Open', 'boolean', sql`NULLIF(t.n % 3, 2) = 1`, 'Whether; sometimes not known'),
  sqlColumn(
    'since',
    'Since',
    'instant',
    sql`(timestamptz '2026-03-03T14:00:00.123Z' + NULLIF(t.n, 5) * interval '1 hour')`,
    'When',
  ),
  sqlColumn(
    'tags',
    'Tags',
    'list',
    sql`CASE t.n % 4 WHEN 0 THEN NULL WHEN 1 THEN '{}' ELSE ARRAY[t.name, 'b', t.name] END`,
    'Which',
  ),
]

const hostile = sqlDataset({
  name: 'matrix',
  title: 'Hostile',
  description: 'Rows that nothing good is meant by',
  columns: described(columns),
  filter: z.object({}),
  sorts: ['key'],
  statements: async () => [
    sql`SELECT ${selected(columns)} FROM unnest(${texts}::text[]) WITH ORDINALITY t (name, n) ORDER BY t.n`,
  ],
})

/** The file from rows, and the one from records, of the columns with these ids. */
async function bothFiles(dataset: Dataset, { raw, ids }: { raw: boolean; ids?: readonly string[] }) {
  const chosen = ids ? ids.flatMap((id) => dataset.columns.filter((column) => column.id === id)) : dataset.columns
  const reading = await registry.database.read()
  try {
    const context = { db: reading, now: registry.now(), actor: systemActor('test') }
    const filter = dataset.filter.parse({})
    const rows: DatasetRow[] = []
    for await (const batch of dataset.rows(context, filter)) rows.push(...batch)
    const records = dataset.records?.(context, filter, chosen)
    return {
      rows: rows.length,
      fromRows: await fileOf(csvFormat, contentOf(rows, { columns: chosen, raw })),
      fromRecords: await fileOf(csvFormat, contentOf([], { columns: chosen, raw, records })),
    }
  } finally {
    await reading.end()
  }
}

const byRecords = datasetNames.filter((name) => datasets[name].records)

describe.each([true, false])('CSV from records, raw: %s', (raw) => {
  it.each(byRecords)('has the bytes of CSV from rows: %s', async (name) => {
    const { rows, fromRows, fromRecords } = await bothFiles(datasets[name], { raw })
    expect(rows).toBeGreaterThan(0)
    expect(fromRecords.toString()).toBe(fromRows.toString())
  })

  it.each([undefined, ['name'], ['tags', 'name'], ['open', 'since', 'key']])(
    'has them whatever the values are, of columns %j',
    async (ids) => {
      const { rows, fromRows, fromRecords } = await bothFiles(hostile, { raw, ...(ids && { ids }) })
      expect(rows).toBe(texts.length)
      expect(fromRecords.toString()).toBe(fromRows.toString())
    },
  )
})
