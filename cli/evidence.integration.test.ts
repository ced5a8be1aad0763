import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { database } from '@/lib/db/client'
import { syncReferenceData } from '@/lib/db/reference'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { type ServedApi, serveApi } from '@/lib/http/testing/server'
import { tokenFor } from '@/lib/http/testing/token'
import { findKeys } from '@/lib/transparency/checkpoint-store'
import { makeCheckpoint } from '@/lib/transparency/make-checkpoint'
import { run } from './testing'

/** A bundle taken from the real API over HTTP, and verified without it. */

let test: TestDatabase
let server: ServedApi
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  test = await createTestDatabase()
  await syncReferenceData(test.database)
  vi.stubEnv('DATABASE_URL', test.connectionString)
  vi.stubEnv('NEXTAUTH_SECRET', 'a secret for tests alone, of 32+ characters')
  vi.stubEnv('PENTARCH_LOG_KEY', randomBytes(32).toString('base64'))
  const token = await tokenFor(test.database, 'auditor')
  server = await serveApi()
  env = { PENTARCH_URL: server.url, PENTARCH_TOKEN: token }
  folder = await mkdtemp(path.join(tmpdir(), 'pentarch-evidence-'))
})

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
  await database().close()
  await test.drop()
  vi.unstubAllEnvs()
})

const pentarch = (...args: string[]) => run(args, { env, folder, now: () => new Date() })
const checkpoint = () =>
  makeCheckpoint({
    database: test.database,
    now: new Date(),
    newId: () => v7(),
    requestId: 'test',
  })

describe('pentarch bundle', () => {
  it('says that there is nothing to take yet', async () => {
    expect(await pentarch('bundle', '-o', 'none.zip')).toMatchObject({ code: 1, stdout: '' })
  })

  it('takes a bundle that verifies with the published key and the checkpoint of before', async () => {
    const { size, note } = await checkpoint()
    await writeFile(path.join(folder, 'kept.txt'), note)
    const taken = await pentarch('bundle', '-o', 'evidence.zip', '--since-checkpoint', String(size))
    expect(taken).toMatchObject({ code: 0, stdout: '' })
    const [key] = await findKeys(test.database)
    const given = ['--key', key?.verifierKey ?? '', '--checkpoint', 'kept.txt']
    const verified = await pentarch('verify', 'evidence.zip', ...given)
    expect(verified).toMatchObject({ code: 0, stderr: '' })
    expect(verified.stdout).toMatch(/^Integrity: unchanged\./m)
    expect(verified.stdout).toMatch(/^Completeness: whole\./m)
    expect(verified.stdout).toContain('since the checkpoint that you hold')
  })

  it('refuses what it cannot take, and leaves no file', async () => {
    const early = await pentarch('bundle', '-o', 'early.zip', '--as-of', '2001-01-01')
    expect(early).toMatchObject({ code: 1, stdout: '' })
    expect(early.stderr).toContain('recorded no state at or before')
    expect(await pentarch('bundle', '-o', 'x.zip', '--as-of', 'soon')).toMatchObject({ code: 2 })
    expect(await pentarch('bundle', '-o', 'x.zip', '--dataset', 'people')).toMatchObject({ code: 2 })
    expect(await pentarch('bundle', '-o', 'x.zip', '--from', '2026-01-01')).toMatchObject({ code: 2 })
    expect(await pentarch('bundle', '-o', 'x.zip', '--since-checkpoint', '1e3')).toMatchObject({ code: 2 })
    expect(await pentarch('verify', 'early.zip')).toMatchObject({ code: 2 })
  })
})
