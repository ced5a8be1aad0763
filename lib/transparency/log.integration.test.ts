import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { appendPending } from './append'
import { openCheckpoint } from './checkpoint'
import { findCheckpoints } from './checkpoint-store'
import { keyFile } from './key-file'
import { type LogRun, makeCheckpoint } from './make-checkpoint'
import { cosignText, ed25519Signer, formatSignature, parseNote } from './note'
import { asCosigner, formatVerifierKey, parseVerifierKey } from './verifier-key'
import { verifyLog } from './verify-log'

let registry: TestRegistry
let folder: string
beforeAll(async () => {
  registry = await testRegistry()
  folder = await mkdtemp(path.join(tmpdir(), 'pentarch-log-'))
})
afterAll(async () => {
  await registry.drop()
  await rm(folder, { recursive: true })
})

const run = (env: NodeJS.ProcessEnv = { NODE_ENV: 'test', PENTARCH_DATA_DIR: folder }): LogRun => ({
  database: registry.database,
  now: registry.now(),
  newId: () => v7(),
  requestId: 'test',
  env,
})
const keysOf = async () =>
  (await registry.run(useCases['log.keys'], {})).keys.map(({ verifierKey }) => parseVerifierKey(verifierKey))
const text = (sql: string) => registry.database.pool.query(sql)

describe('checkpoints', () => {
  it('are signed by a key that only its owner can read, over a state of the whole register', async () => {
    const { id } = await registry.run(useCases['people.create'], { name: 'Mei Tanaka' })
    registry.wait(1)
    const made = await makeCheckpoint(run())
    expect((await stat(keyFile(run().env ?? process.env))).mode & 0o777).toBe(0o600)
    const keys = await keysOf()
    const { checkpoint } = openCheckpoint(made.note, keys)
    expect(checkpoint).toMatchObject({ size: 2, origin: keys[0]?.name })
    expect(checkpoint.origin).toMatch(/^pentarch\/[0-9a-f-]{36}$/)
    const view = await registry.run(useCases['log.get'], {})
    expect(view.newest?.state).toMatchObject({ index: 1, datasets: { matrix: { rows: 0 } } })
    expect(view).toMatchObject({ size: 2, pending: false, verification: null })
    const [event] = await registry.eventsOf(id)
    const proof = await registry.run(useCases['log.inclusion'], { event: event?.id ?? '' })
    expect(proof).toMatchObject({ index: 0, size: 2, root: view.newest?.root })
  })

  it('are made only when something was logged, and record the state only when it may have changed', async () => {
    expect((await makeCheckpoint(run())).size).toBe(2)
    await registry.run(useCases['log.checkpoint'], {})
    const made = await makeCheckpoint(run())
    expect(made).toMatchObject({ size: 3, stateIndex: 1 })
    const history = await registry.run(useCases['log.consistency'], { from: 2, to: 3 })
    expect(history.to.root).toBe((await registry.run(useCases['log.get'], {})).newest?.root)
  })

  it('are signed by both keys after a rotation, which names both', async () => {
    const [old] = await keysOf()
    process.env.PENTARCH_DATA_DIR = folder
    registry.become(actorWith('admin'))
    const change = await registry.run(useCases['log.rotateKey'], {})
    delete process.env.PENTARCH_DATA_DIR
    const made = await makeCheckpoint(run())
    const [present, before] = await keysOf()
    expect(before).toEqual(old)
    expect(change).toEqual({ from: before && formatVerifierKey(before), to: present && formatVerifierKey(present) })
    expect(openCheckpoint(made.note, await keysOf()).signedBy).toHaveLength(2)
  })

  it('are not signed with a key that the log does not know', async () => {
    const stranger = { NODE_ENV: 'test' as const, PENTARCH_LOG_KEY: Buffer.alloc(32, 7).toString('base64') }
    await expect(makeCheckpoint(run(stranger))).rejects.toThrow('Give every instance the same PENTARCH_LOG_KEY')
    await expect(makeCheckpoint(run({ NODE_ENV: 'test', PENTARCH_LOG_KEY: 'short' }))).rejects.toThrow('32 bytes')
  })
})

describe('witnesses', () => {
  const witness = ed25519Signer('witness.example/w1', new Uint8Array(32).fill(2))
  const checkpointText = async () => {
    const [newest] = await findCheckpoints(registry.database, null, 1)
    return parseNote(newest?.note ?? '').text
  }
  const line = async (seconds: number, by = witness) => formatSignature(cosignText(await checkpointText(), by, seconds))

  it('are named by their key, and their cosignature is kept and published', async () => {
    await registry.run(useCases['log.addWitness'], { verifierKey: formatVerifierKey(witness.key) })
    const again = { verifierKey: formatVerifierKey(asCosigner(witness.key)) }
    expect(await refusalOf(registry.run(useCases['log.addWitness'], again))).toMatchObject({ code: 'conflict' })
    const seconds = Math.floor(registry.now().getTime() / 1000)
    const good = await line(seconds)
    await registry.run(useCases['log.cosign'], { line: good })
    expect(await refusalOf(registry.run(useCases['log.cosign'], { line: good }))).toMatchObject({ code: 'conflict' })
    const { newest } = await registry.run(useCases['log.get'], {})
    const opened = openCheckpoint(newest?.note ?? '', await keysOf(), [asCosigner(witness.key)])
    expect(opened.witnessedBy).toMatchObject([{ timestampSeconds: seconds }])
  })

  it('that are unknown, or sign something else, are refused', async () => {
    const stranger = ed25519Signer('witness.example/w1', new Uint8Array(32).fill(3))
    const seconds = Math.floor(registry.now().getTime() / 1000)
    const refused = async (text: string) => await refusalOf(registry.run(useCases['log.cosign'], { line: text }))
    expect(await refused(await line(seconds, stranger))).toMatchObject({ code: 'refused' })
    expect(await refused(await line(seconds + 3600))).toMatchObject({ code: 'refused' })
    expect(await refused(formatSignature(cosignText('other\n', witness, seconds)))).toMatchObject({ code: 'refused' })
    expect(await refused('— nothing')).toMatchObject({ code: 'invalid_input' })
  })
})

describe('the verification, of what a superuser did past the triggers', () => {
  const kinds = async () => {
    const { details, findings } = await verifyLog(registry.database)
    return { kinds: [...new Set(details.map(({ kind }) => kind))].sort(), findings, details }
  }
  /** Runs statements with triggers off, looks, and takes them back. */
  const tampered = async (...statements: string[]) => {
    const tables = ['audit_event', 'audit_opening', 'log_leaf', 'log_tile', 'log_checkpoint', 'log_pending']
    for (const table of tables) await text(`CREATE TABLE kept_${table} AS TABLE ${table}`)
    await text(`SET session_replication_role = replica; ${statements.join(';')}`)
    const found = await kinds()
    await text(
      `SET session_replication_role = replica; TRUNCATE log_cosignature, ${tables.join(', ')};` +
        tables.map((table) => `INSERT INTO ${table} SELECT * FROM kept_${table}; DROP TABLE kept_${table}`).join(';'),
    )
    return found
  }

  beforeAll(async () => {
    await registry.database.pool.query(`
      INSERT INTO audit_event (id, at, actor_kind, actor_name, action, subject_type, subject_id, after, request_id)
      SELECT gen_random_uuid(), now(), 'system', 'test', 'agents.update', 'agent', n::text, '{"n": 1}', 'r' FROM generate_series(1, 600) AS n`)
    await makeCheckpoint(run())
    await registry.run(useCases['people.create'], { name: 'Hana Kim' })
    await appendPending(registry.database)
  })

  it('finds nothing when nothing was done', async () => {
    expect(await kinds()).toMatchObject({ kinds: [], findings: 0 })
  })

  it.each([
    ['a changed event', `UPDATE audit_event SET action = 'agents.create' WHERE sequence = 10`, ['event-changed']],
    ['a changed value', `UPDATE audit_event SET after = '{"n": 2}' WHERE sequence = 300`, ['event-changed']],
    ['a changed actor', `UPDATE audit_event SET actor_id = gen_random_uuid() WHERE sequence = 1`, ['event-changed']],
    ['a deleted event', `DELETE FROM audit_event WHERE sequence = 10`, ['event-deleted']],
    [
      'a deleted newest event',
      `DELETE FROM audit_event WHERE sequence = (SELECT max(sequence) FROM audit_event)`,
      ['event-deleted'],
    ],
    [
      'an inserted event',
      `INSERT INTO audit_event (id, sequence, at, actor_kind, action, subject_type, subject_id, request_id)
       VALUES (gen_random_uuid(), 100000, now(), 'system', 'x', 'x', 'x', 'x')`,
      ['event-inserted'],
    ],
    ['truncated events', `TRUNCATE audit_event`, ['event-deleted']],
    ['a truncated log', `TRUNCATE log_leaf`, ['event-inserted', 'log-truncated']],
    [
      'a changed leaf',
      `UPDATE log_leaf SET body = replace(body, 'agents.update', 'agents.create') WHERE index = 20`,
      ['leaf-changed'],
    ],
    [
      'a deleted leaf',
      `DELETE FROM log_leaf WHERE index = 20`,
      ['checkpoint-differs', 'event-inserted', 'leaf-missing', 'tile-changed'],
    ],
    [
      'a changed tile',
      `UPDATE log_tile SET hashes = root || substr(hashes, 33) WHERE level = 0 AND index = 1`,
      ['tile-changed'],
    ],
    ['a changed checkpoint', `UPDATE log_checkpoint SET root = sha256('x') WHERE size = 3`, ['checkpoint-differs']],
    [
      'a forged note',
      `UPDATE log_checkpoint SET note = replace(note, E'\\n3\\n', E'\\n4\\n') WHERE size = 3`,
      ['signature-wrong'],
    ],
    [
      'a changed personal value',
      `UPDATE audit_opening SET value = '"Somebody else"' WHERE pointer = '/after/name'`,
      ['opening-changed'],
    ],
  ])('finds %s', async (_, statement, expected) => {
    expect((await tampered(statement)).kinds).toEqual(expected)
  })

  it('finds an event that was changed together with its leaf and their tiles, by the checkpoint', async () => {
    const found = await tampered(
      `UPDATE audit_event SET action = 'agents.create' WHERE sequence = 10`,
      `UPDATE log_leaf SET body = replace(body, 'agents.update', 'agents.create') WHERE event_id = (SELECT id FROM audit_event WHERE sequence = 10)`,
      `UPDATE log_leaf SET hash = sha256('\\x00'::bytea || convert_to(body, 'UTF8')) WHERE event_id = (SELECT id FROM audit_event WHERE sequence = 10)`,
    )
    expect(found.kinds).toEqual(['checkpoint-differs', 'event-changed', 'tile-changed'])
  })

  it('does not mind that personal values were erased', async () => {
    expect((await tampered('DELETE FROM audit_opening')).kinds).toEqual([])
  })
})
