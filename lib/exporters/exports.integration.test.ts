import { createHash } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import readWorkbook from 'read-excel-file/node'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { sql } from '@/lib/db/sql'
import { importUseCases } from '@/lib/importers/service'
import { estate } from '@/lib/importers/testing/registry'
import { writeExportsJob } from '@/lib/jobs/write-exports'
import { actorWith, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { DomainError } from '@/lib/use-cases/errors'
import { runUseCase } from '@/lib/use-cases/run'
import { exportKinds } from './names'
import { exportUseCases } from './service'

let registry: TestRegistry
let ana: Actor
let ben: Actor

async function account(name: string): Promise<Actor> {
  const id = v7()
  const data = { id, email: `${name}@example.org`, name, passwordHash: 'none', role: 'auditor' as const }
  await registry.database.prisma.account.create({ data })
  return actorWith('auditor', { id, name })
}

beforeAll(async () => {
  registry = await testRegistry()
  await registry.run(importUseCases['imports.apply'], {
    kind: 'estate',
    files: [{ name: 'estate.yaml', contentBase64: Buffer.from(estate).toString('base64') }],
  })
  ana = await account('ana')
  ben = await account('ben')
})
afterAll(() => registry.drop())

const runAs = (actor: Actor) => ({
  database: registry.database,
  actor,
  now: registry.now(),
  newId: () => v7(),
  requestId: 'test',
})

async function textOf({ body }: { body: ReadableStream<Uint8Array> }): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts)
}

type View = Parameters<
  typeof runUseCase<(typeof exportUseCases)['exports.file']['input'], (typeof exportUseCases)['exports.file']['output']>
>[1]
const file = async (view: View, actor = ana) => await runUseCase(exportUseCases['exports.file'], view, runAs(actor))

/** Transactions that somebody still holds open. */
async function openReads(): Promise<number> {
  const [row] = await registry.database.query<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`)
  return row?.count ?? 0
}

const refusalOf = async (work: Promise<unknown>): Promise<DomainError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof DomainError) return error
  throw new Error('It was not refused')
}

describe('an export that is sent at once', () => {
  it.each(exportKinds)('%s has a row for each, with its columns, and lets go of the database', async (kind) => {
    const answer = await file({ kind, format: 'csv', raw: true })
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="${kind}-2026-11-01.csv"`)
    const rows: Record<string, string>[] = parse(await textOf(answer), { columns: true, record_delimiter: '\r\n' })
    const kinds = await registry.run(exportUseCases['exports.kinds'], {})
    const columns = kinds.rows.find((each) => each.kind === kind)?.columns.map(({ id }) => id)
    if (rows[0]) expect(Object.keys(rows[0])).toEqual(columns)
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
    const { rows: counted, direct } = await registry.run(exportUseCases['exports.check'], { kind })
    expect([counted, direct]).toEqual([rows.length, true])
    expect(await openReads()).toBe(0)
  })

  it('is one workbook of several kinds, a sheet each, of one state, and lets go of the database', async () => {
    const workbook = async (input: { kinds?: string }) => {
      const { headers, body } = await runUseCase(exportUseCases['exports.workbook'], input, runAs(ana))
      expect(headers['content-disposition']).toMatch(/^attachment; filename="pentarch-[\d-]+\.xlsx"$/)
      return await readWorkbook(Buffer.from(await new Response(body).arrayBuffer()))
    }
    const sheets = await workbook({})
    expect(sheets).toHaveLength(exportKinds.length + 1)
    for (const [index, kind] of exportKinds.entries()) {
      const { rows } = await registry.run(exportUseCases['exports.check'], { kind })
      expect(sheets[index]?.data, kind).toHaveLength(rows + 1)
    }
    const [teams, matrix, about] = await workbook({ kinds: 'teams,matrix' })
    expect([teams, matrix, about].map((sheet) => sheet?.sheet).sort()).toEqual(['About', 'Matrix', 'Teams'])
    expect(await openReads()).toBe(0)
    const { body } = await runUseCase(exportUseCases['exports.workbook'], {}, runAs(ana))
    const reader = body.getReader()
    await reader.read()
    await reader.cancel()
    await expect.poll(openReads).toBe(0)
  })

  it('keeps to filter, order and columns', async () => {
    const view = {
      kind: 'matrix',
      format: 'ndjson',
      filter: { layer: 'identity' },
      sort: 'risk',
      columns: 'risk,layer',
    } as const
    const lines = (await textOf(await file(view))).toString().trim().split('\n')
    const rows: { risk: string; layer: string }[] = lines.map((line) => JSON.parse(line))
    expect(new Set(rows.map(({ layer }) => layer))).toEqual(new Set(['identity']))
    const order = ['critical', 'high', 'medium', 'low']
    const ranks = rows.map(({ risk }) => order.indexOf(risk))
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
  })

  it.each<[what: string, view: View, message: RegExp]>([
    ['a filter that is none', { kind: 'matrix', filter: { colour: 'red' } }, /filter\.colour/],
    ['a value that is none', { kind: 'gaps', filter: { severity: 'huge' } }, /filter\.severity/],
    ['an order that is none', { kind: 'gaps', sort: 'colour' }, /There are key, severity, due/],
    ['a column that is none', { kind: 'gaps', columns: 'colour' }, /There is no column "colour"/],
    ['a format that cannot carry it', { kind: 'matrix', format: 'sarif' }, /carries gaps/],
    ['a filter of a list that is none', { kind: 'agents', filter: { colour: 'red' } }, /colour/],
  ])('refuses %s, and lets go of the database', async (_what, view, message) => {
    const { code, message: text } = await refusalOf(file(view))
    expect(code).toBe('invalid_input')
    expect(text).toMatch(message)
    expect(await openReads()).toBe(0)
  })

  it('ends its query when the reader goes away', async () => {
    const { body } = await file({ kind: 'audit', format: 'csv' })
    const reader = body.getReader()
    await reader.read()
    await reader.cancel()
    expect(await openReads()).toBe(0)
    const list = (await file({ kind: 'bindings', format: 'csv' })).body.getReader()
    await list.cancel()
    await expect.poll(openReads).toBe(0)
  })
})

describe('an export in the background', () => {
  const start = (view: View, actor = ana) => runUseCase(exportUseCases['exports.start'], view, runAs(actor))
  const work = () => writeExportsJob.handle({ database: registry.database, now: registry.now(), runId: 'test' })
  const get = (id: string, actor = ana) => runUseCase(exportUseCases['exports.get'], { id }, runAs(actor))
  const fetched = (id: string, actor = ana) => runUseCase(exportUseCases['exports.fetch'], { id }, runAs(actor))

  it('is written by the job, kept with its digest, fetched by who asked and by nobody else, and gone after a day', async () => {
    const { id, state } = await start({ kind: 'matrix', format: 'csv' })
    expect(state).toBe('queued')
    expect((await refusalOf(fetched(id))).message).toContain('queued')
    await work()
    const done = await get(id)
    const content = await textOf(await fetched(id))
    expect(done).toMatchObject({ state: 'done', bytes: content.byteLength, problem: null })
    expect(done.sha256).toBe(createHash('sha256').update(content).digest('hex'))
    expect(content.equals(await textOf(await file({ kind: 'matrix', format: 'csv' })))).toBe(true)
    for (const read of [get, fetched]) expect((await refusalOf(read(id, ben))).code).toBe('not_found')
    registry.wait(25 * 3600)
    expect((await refusalOf(fetched(id))).message).toContain('expired')
    await work()
    expect(await get(id)).toMatchObject({ state: 'expired' })
    expect(await registry.database.query(sql`SELECT FROM export_chunk`)).toEqual([])
  })

  it('is not written when it was cancelled, and can be cancelled once', async () => {
    const { id } = await start({ kind: 'gaps', format: 'xlsx' })
    const cancel = (actor = ana) => runUseCase(exportUseCases['exports.cancel'], { id }, runAs(actor))
    expect((await refusalOf(cancel(ben))).code).toBe('not_found')
    expect(await cancel()).toMatchObject({ state: 'cancelled' })
    await work()
    expect(await get(id)).toMatchObject({ state: 'cancelled', rows: 0 })
    expect((await refusalOf(cancel())).code).toBe('wrong_state')
  })

  it('fails with its reason, and keeps nothing of the file', async () => {
    const { id } = await start({ kind: 'matrix', format: 'csv', columns: 'colour' })
    await work()
    expect(await get(id)).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('There is no column "colour"'),
    })
  })

  it('fails when the disk takes no more, and does not stop those after it', async () => {
    const full = await start({ kind: 'matrix', format: 'csv' })
    await registry.database.execute(sql`
      CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`)
    await registry.database.execute(
      sql`CREATE TRIGGER disk_full BEFORE INSERT ON export_chunk EXECUTE FUNCTION disk_full()`,
    )
    await work()
    await registry.database.execute(sql`DROP TRIGGER disk_full ON export_chunk`)
    expect(await get(full.id)).toMatchObject({
      state: 'failed',
      bytes: 0,
      problem: expect.stringContaining('no room left'),
    })
    const next = await start({ kind: 'matrix', format: 'csv' })
    await work()
    expect(await get(next.id)).toMatchObject({ state: 'done' })
  })

  it('is failed when its instance has gone', async () => {
    const { id } = await start({ kind: 'matrix', format: 'csv' })
    await registry.database.execute(sql`
      UPDATE export_run SET state = 'running', seen_at = ${new Date(registry.now().getTime() - 3_600_000)} WHERE id = ${id}::uuid`)
    await work()
    expect(await get(id)).toMatchObject({ state: 'failed', problem: expect.stringContaining('Start it again') })
  })

  it('waits its turn: five at a time for each account', async () => {
    for (let count = 0; count < 5; count += 1) await start({ kind: 'matrix', format: 'csv' }, ben)
    expect((await refusalOf(start({ kind: 'matrix' }, ben))).code).toBe('refused')
    await start({ kind: 'matrix', format: 'csv' })
    await work()
    const { rows } = await runUseCase(exportUseCases['exports.list'], {}, runAs(ben))
    expect(rows.map(({ state }) => state)).toEqual(Array(5).fill('done'))
  })
})
