import { strict as assert } from 'node:assert'
import { execFile } from 'node:child_process'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { escapeLiteral } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { z } from 'zod'
import type { Sql } from '@/lib/db/sql'
import { matrixDataset } from '@/lib/exporters/datasets/matrix-store'
import { contentOf, formatFor } from '@/lib/exporters/file'
import type { ExportFormat } from '@/lib/exporters/names'
import { openExport } from '@/lib/exporters/source'
import type { Bench } from './database'
import { against, type Figure, within } from './figures'
import { seldom, time, timeBoth } from './measure'

const section = 'Exports'
const ratioMax = 1.5
const megabytesMax = 200

/** The whole matrix, a row for each cell, against the same rows by COPY. */
export async function* measureExports(bench: Bench): AsyncGenerator<Figure> {
  const [statement] = await matrixDataset.statements(
    { db: bench.database, now: bench.now, actor: bench.run.actor },
    { state: [...allStates] },
    'key',
  )
  assert.ok(statement)
  const copy = () => copied(bench, statement)
  const cells = await rowsOf(bench, 'csv')
  const what = `CSV of ${cells.toLocaleString('en')} cells`
  yield against(
    section,
    what,
    await timeBoth(() => rowsOf(bench, 'csv'), copy, seldom),
    'COPY of the same rows',
    ratioMax,
  )
  yield within(section, `NDJSON of them`, await time(() => rowsOf(bench, 'ndjson'), seldom))
  yield within(section, `Excel of them`, await time(() => rowsOf(bench, 'xlsx'), { warmUp: 0, runs: 1 }))
  yield await memoryOf(bench)
}

const allStates = ['requested', 'approved', 'active', 'revoked'] as const

/** Writes the matrix into nothing; how many rows it had. */
export async function rowsOf(
  { database, now, run }: Pick<Bench, 'database' | 'now' | 'run'>,
  format: ExportFormat,
): Promise<number> {
  const view = { kind: 'matrix', format, filter: { state: allStates.join(',') }, raw: false } as const
  const writer = formatFor(view)
  const opened = await openExport({ ...run, database, now }, view, writer)
  let rows = 0
  const onRows = (count: number) => {
    rows += count
  }
  const about = { view, format: writer, at: now, isPast: false, by: 'bench', onRows }
  let bytes = 0
  for await (const part of writer.write(contentOf(opened, about))) bytes += part.length
  await opened.end()
  assert.ok(bytes > rows)
  return rows
}

/** COPY takes no parameters: they stand in its text, quoted by the driver. */
const inlined = ({ text, values }: Sql): string =>
  text.replace(/\$(\d+)/g, (_, number: string) => literal(values[Number(number) - 1]))

const literal = (value: unknown): string => escapeLiteral(Array.isArray(value) ? `{${value.join(',')}}` : String(value))

async function copied({ database }: Bench, statement: Sql): Promise<void> {
  const client = await database.pool.connect()
  try {
    const stream: Readable = client.query(copyTo(`COPY (${inlined(statement)}) TO STDOUT WITH (FORMAT csv, HEADER)`))
    let bytes = 0
    for await (const chunk of stream) bytes += Buffer.isBuffer(chunk) ? chunk.byteLength : 0
    assert.ok(bytes > 0)
  } finally {
    client.release()
  }
}

const outcomeSchema = z.object({ startMegabytes: z.number(), mostMegabytes: z.number() })

/** The same in a process of its own, so that its memory is that of the export. */
async function memoryOf({ connectionString, now }: Bench): Promise<Figure> {
  const script = path.resolve('bench', 'export-process.ts')
  const parameters = ['--conditions=react-server', '--import', 'tsx', script, now.toISOString()]
  const env = { ...process.env, DATABASE_URL: connectionString }
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { env })
  const { startMegabytes, mostMegabytes } = outcomeSchema.parse(JSON.parse(stdout))
  const megabytes = mostMegabytes - startMegabytes
  return {
    section,
    what: 'memory that it takes in a process of its own',
    amount: `${megabytes.toFixed(0)} MB of ${mostMegabytes.toFixed(0)} MB`,
    aim: { text: `≤ ${megabytesMax} MB`, met: megabytes <= megabytesMax },
  }
}
