import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { database } from '@/lib/db/client'
import { syncReferenceData } from '@/lib/db/reference'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { type ServedApi, serveApi } from '@/lib/http/testing/server'
import { tokenFor } from '@/lib/http/testing/token'
import { ed25519Signer } from '@/lib/transparency/note'
import { formatVerifierKey } from '@/lib/transparency/verifier-key'
import { run } from './testing'

let test: TestDatabase
let server: ServedApi
let env: Record<string, string>

beforeAll(async () => {
  test = await createTestDatabase()
  await syncReferenceData(test.database)
  vi.stubEnv('DATABASE_URL', test.connectionString)
  vi.stubEnv('NEXTAUTH_SECRET', 'a secret for tests alone, of 32+ characters')
  server = await serveApi()
  env = { PENTARCH_URL: server.url, PENTARCH_TOKEN: await tokenFor(test.database, 'admin') }
})

afterAll(async () => {
  server.close()
  await database().close()
  await test.drop()
  vi.unstubAllEnvs()
})

const witnesses = (...args: string[]) =>
  run(['witnesses', ...args], { env, folder: '.', now: () => new Date('2026-11-29T09:00:00Z') })

describe('pentarch witnesses', () => {
  it('adds a repository with the token of the environment, which nobody is shown', async () => {
    expect(await witnesses('list')).toMatchObject({ code: 0, stdout: 'No witnesses.\n' })
    env.PENTARCH_WITNESS_TOKEN = 'a-token-to-push-with'
    const repository = [
      '--name',
      'Internal audit',
      '--repository',
      'https://git.example.org/log.git',
      '--branch',
      'log',
    ]
    expect(await witnesses('add', ...repository)).toMatchObject({ code: 0, stdout: 'Internal audit is added\n' })
    const { stdout } = await witnesses('list')
    expect(stdout).toMatch(/^WITNESS +KIND +TOLD BY +TOLD OF +PROBLEM$/m)
    expect(stdout).toMatch(/^Internal audit +keeps copies +https:\/\/git\.example\.org\/log\.git#log +0/m)
    const kept = await test.database.prisma.logWitness.findFirstOrThrow()
    expect(kept.credentialSealed).not.toBeNull()
    expect(JSON.stringify([stdout, (await witnesses('list', '--format', 'json')).stdout])).not.toContain('to-push-with')
  })

  it('adds one that cosigns, under the name of its key', async () => {
    const { key } = ed25519Signer('witness.example/w1', new Uint8Array(32).fill(2))
    const added = await witnesses('add', '--key', formatVerifierKey(key), '--email', 'w1@witness.example')
    expect(added).toMatchObject({ code: 0, stdout: 'witness.example/w1 is added\n' })
    expect((await witnesses('list')).stdout).toMatch(/^witness\.example\/w1 +cosigns +w1@witness\.example +0/m)
  })

  it('says what is wrong with what it cannot add', async () => {
    expect(await witnesses('add', '--name', 'Nobody')).toMatchObject({ code: 1, stdout: '' })
    const inside = await witnesses('add', '--name', 'Us', '--repository', 'https://us:secret@git.example.org/log.git')
    expect(inside.code).not.toBe(0)
    expect(inside.stderr).toContain('user name and token have fields of their own')
  })

  it('removes one by its name, and says when there is none', async () => {
    expect(await witnesses('remove', 'Internal audit')).toMatchObject({
      code: 0,
      stdout: 'Internal audit is removed\n',
    })
    expect(await witnesses('remove', 'Internal audit')).toMatchObject({ code: 2, stdout: '' })
    expect((await witnesses('list')).stdout).not.toContain('Internal audit')
  })
})
