import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sql } from '@/lib/db/sql'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { type Delivering, deliverStreams } from './deliver'
import { DeliveryError, type Transport } from './transports/transport'

let registry: TestRegistry
let folder: string
beforeEach(async () => {
  registry = await testRegistry()
  folder = await mkdtemp(path.join(tmpdir(), 'pentarch-streams-'))
  vi.stubEnv('PENTARCH_STREAMS_DIR', folder)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await registry.drop()
  await rm(folder, { recursive: true })
})

const deliver = (more: Partial<Delivering> = {}) =>
  deliverStreams({ database: registry.database, clock: registry.now, isLate: () => false, ...more })

const addFile = (slug = 'siem') =>
  registry.run(useCases['streams.create'], { slug, name: 'SIEM', target: { kind: 'file', folder: slug } })

const addTool = (name: string) => registry.run(useCases['tools.create'], { name })

interface Line {
  metadata: { uid: string; sequence: number }
  class_uid: number
  message: string
}
const linesOf = async (slug = 'siem'): Promise<Line[]> =>
  (await readFile(path.join(folder, slug, 'events.ndjson'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

const auditIds = async () =>
  (await registry.database.prisma.auditEvent.findMany({ orderBy: { sequence: 'asc' } })).map(({ id }) => id)

const rowOf = async (slug = 'siem') => {
  const row = (await registry.run(useCases['streams.list'], {})).rows.find((each) => each.slug === slug)
  if (!row) throw new Error('no such stream')
  return row
}

describe('an event stream', () => {
  it('delivers what happens from its beginning on, in order, each once, and then nothing', async () => {
    await addTool('Before')
    await addFile()
    await registry.run(useCases['agents.create'], { slug: 'bot', name: 'Bot' })
    await registry.run(useCases['agents.transition'], { slug: 'bot', version: 1, to: 'active' })
    await addTool('After')
    expect((await rowOf()).lag).toBeGreaterThan(0)
    await deliver()
    const lines = await linesOf()
    const ids = await auditIds()
    expect(lines.filter(({ class_uid }) => class_uid !== 2003).map(({ metadata }) => metadata.uid)).toEqual(
      ids.slice(1),
    )
    expect(
      lines.some(({ class_uid }) => class_uid === 2003),
      'the gaps that the agent opened',
    ).toBe(true)
    const places = lines.map(({ metadata }) => metadata.sequence)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    await deliver()
    expect(await linesOf()).toHaveLength(lines.length)
    expect(await rowOf()).toMatchObject({ lag: 0, error: null, deliveredAt: registry.now().toISOString() })
    expect(await registry.database.prisma.eventStreamItem.count(), 'forgotten').toBe(0)
  })

  it('loses nothing and repeats at most a batch, wherever it is killed', async () => {
    await addFile()
    for (let index = 0; index < 9; index += 1) await addTool(`Tool ${index}`)
    const got: string[][] = []
    let dies = 0
    const dying = (): Transport => ({
      async deliver({ events }) {
        const uids = events.map(({ metadata }) => ('uid' in metadata ? String(metadata.uid) : ''))
        dies += 1
        // Before it arrived, and after it did but before anybody knew: as a process that ends between two lines.
        if (dies % 3 === 1) throw new DeliveryError('Killed before')
        got.push(uids)
        if (dies % 3 === 2) throw new DeliveryError('Killed after')
      },
    })
    for (let run = 0; run < 30; run += 1) {
      await deliver({ transport: dying, eventsPerBatch: 4 })
      registry.wait(3600)
    }
    const seen = got.flat()
    const ids = await auditIds()
    expect([...new Set(seen)]).toEqual(ids)
    expect(seen.length).toBeGreaterThan(ids.length)
  })

  it('does not pass over what a transaction commits late', async () => {
    await addFile()
    const late = await registry.database.pool.connect()
    await late.query('BEGIN')
    await late.query(`INSERT INTO audit_event (id, at, actor_kind, actor_name, action, subject_type, subject_id, request_id)
      VALUES ('01a0f6f4-0000-7000-8000-0000000000aa', now(), 'system', 'late', 'tools.create', 'tool', 'x', 'r')`)
    await addTool('Early')
    await deliver()
    const before = (await linesOf()).length
    await late.query('COMMIT')
    late.release()
    await deliver()
    const lines = await linesOf()
    expect(lines.slice(before).map(({ metadata }) => metadata.uid)).toEqual(['01a0f6f4-0000-7000-8000-0000000000aa'])
  })

  it('that fails says why, waits longer each time, and keeps no other waiting', async () => {
    await addFile('good')
    await registry.run(useCases['streams.create'], {
      slug: 'bad',
      name: 'Bad',
      target: { kind: 'webhook', url: 'http://127.0.0.1:9/' },
      secret: 'a secret of at least 24 characters',
    })
    await deliver()
    expect(await rowOf('good')).toMatchObject({ lag: 0 })
    expect(await rowOf('bad')).toMatchObject({ error: expect.stringContaining('not a public address') })
    const waits: number[] = []
    for (let run = 0; run < 3; run += 1) {
      registry.wait(3600)
      await deliver()
      waits.push(Date.parse((await rowOf('bad')).nextAttemptAt ?? '') - registry.now().getTime())
    }
    expect(waits).toEqual([10_000, 20_000, 40_000])
  })

  it('keeps for later what happens while it is paused, and nothing when it is gone', async () => {
    await addFile()
    await registry.run(useCases['streams.pause'], { slug: 'siem', paused: true })
    await addTool('Meanwhile')
    await deliver()
    expect((await rowOf()).lag).toBe(3)
    await registry.run(useCases['streams.pause'], { slug: 'siem', paused: false })
    await deliver()
    expect((await linesOf()).length).toBe(4)
    await registry.run(useCases['streams.remove'], { slug: 'siem' })
    await addTool('Afterwards')
    const [pending] = await registry.database.query<{ count: number }>(
      sql`SELECT count(*)::int AS count FROM event_stream_pending WHERE item_id IN (SELECT id FROM audit_event WHERE action = 'tools.create')`,
    )
    expect(pending?.count).toBe(0)
  })

  it('keeps its secret to itself, and sends a test when asked', async () => {
    await addFile()
    expect(await registry.run(useCases['streams.test'], { slug: 'siem' })).toEqual({ problem: null })
    expect((await linesOf()).map(({ message }) => message)).toEqual(['A test of this event stream'])
    const secret = 'a secret of at least 24 characters'
    await registry.run(useCases['streams.create'], {
      slug: 'hook',
      name: 'Hook',
      target: { kind: 'webhook', url: 'https://siem.example.org/' },
      secret,
    })
    const kept = await registry.database.prisma.eventStream.findUniqueOrThrow({ where: { slug: 'hook' } })
    const told = [await rowOf('hook'), kept, await registry.database.prisma.auditEvent.findMany()]
    expect(JSON.stringify(told, (_, value) => (typeof value === 'bigint' ? Number(value) : value))).not.toContain(
      secret,
    )
  })

  it('is an admin’s to add, needs a secret for a webhook, and a name that leads nowhere else', async () => {
    expect(await refusalOf(addFile('a').then(() => addFile('a')))).toMatchObject({ code: 'conflict' })
    const target = { kind: 'webhook' as const, url: 'https://siem.example.org/' }
    const without = registry.run(useCases['streams.create'], { slug: 'w', name: 'W', target })
    expect(await refusalOf(without)).toMatchObject({ code: 'invalid_input' })
    const out = registry.run(useCases['streams.create'], {
      slug: 'o',
      name: 'O',
      target: { kind: 'file', folder: '../outside' },
    })
    expect(await refusalOf(out)).toMatchObject({ code: 'invalid_input' })
    registry.become(actorWith('governance_lead'))
    expect(await refusalOf(addFile('b'))).toMatchObject({ code: 'forbidden' })
  })
})
