import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inspect } from 'node:util'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { makeCheckpoint } from '../make-checkpoint'
import { findWitnesses } from './store'
import { tellWitnesses } from './tell'
import { type GitServer, gitCredential, startGitServer } from './testing/git-server'

let registry: TestRegistry
let folder: string
let server: GitServer
beforeAll(async () => {
  registry = await testRegistry()
  registry.become(actorWith('admin'))
  folder = await mkdtemp(path.join(tmpdir(), 'pentarch-log-'))
  server = await startGitServer()
  await registry.run(useCases['outbound.update'], { allowedNetworks: ['127.0.0.0/8'], version: 0 })
})
afterAll(async () => {
  await server.close()
  await registry.drop()
  await rm(folder, { recursive: true })
})

let people = 0
/** Logs one event more and signs over it. */
async function checkpoint() {
  people += 1
  await registry.run(useCases['people.create'], { name: `Person ${people}` })
  registry.wait(1)
  const env = { NODE_ENV: 'test' as const, PENTARCH_DATA_DIR: folder }
  return await makeCheckpoint({ ...registry, now: registry.now(), newId: () => v7(), requestId: 'test', env })
}
const tell = () => tellWitnesses(registry.database, registry.now())
const witnessCalled = async (name: string) =>
  (await findWitnesses(registry.database)).find((witness) => witness.name === name)
const problemOf = async (name: string) => (await witnessCalled(name))?.problem
const add = (name: string, repository: string, more: object = gitCredential) =>
  registry.run(useCases['log.addWitness'], { name, repository, ...more })
const logOf = async (name: string, branch = 'main') =>
  (await server.git(name, 'log', '--format=%an: %s', branch)).trim().split('\n')
const held = (name: string, branch = 'main') => server.git(name, 'show', `${branch}:checkpoint`)

it('gets each checkpoint as a commit on top of the one before', async () => {
  const first = await checkpoint()
  await add('keeper', await server.repository('keeper'))
  await tell()
  expect(await problemOf('keeper')).toBeNull()
  expect(await held('keeper')).toBe(first.note)
  const second = await checkpoint()
  await tell()
  expect(await held('keeper')).toBe(second.note)
  expect(await logOf('keeper')).toEqual([
    `Pentarch: Checkpoint of ${second.size} events`,
    `Pentarch: Checkpoint of ${first.size} events`,
  ])
  expect(await server.git('keeper', 'show', 'main~1:checkpoint')).toBe(first.note)
  expect(await server.git('keeper', 'fsck', '--strict')).toBe('')
  expect(await witnessCalled('keeper')).toMatchObject({ toldSize: second.size, problem: null })
})

it('keeps the user name and the token from everybody', async () => {
  const { witnesses } = await registry.run(useCases['log.get'], {})
  const events = await registry.eventsOf('witness')
  const kept = inspect([witnesses, events, await findWitnesses(registry.database)], { depth: 9 })
  expect(kept).toContain('keeper.git')
  expect(kept).not.toContain(gitCredential.token)
})

it('has other branches and other files left as they are', async () => {
  const url = await server.repository('shared')
  await server.commit('shared', 'main', 'README.md', 'Ours\n')
  await server.commit('shared', 'pentarch/checkpoints', 'NOTES.md', 'Notes\n')
  await add('shared', url, { ...gitCredential, branch: 'pentarch/checkpoints' })
  const made = await checkpoint()
  await tell()
  expect(await problemOf('shared')).toBeNull()
  expect(await held('shared', 'pentarch/checkpoints')).toBe(made.note)
  expect(await server.git('shared', 'show', 'pentarch/checkpoints:NOTES.md')).toBe('Notes\n')
  expect(await logOf('shared')).toEqual(['Somebody: Write README.md'])
})

describe('is not written over when what it holds', () => {
  const withCheckpoint = async (name: string, change: (lines: string[]) => string[]) => {
    const url = await server.repository(name)
    const { newest } = await registry.run(useCases['log.get'], {})
    const text = change((newest?.note ?? '').split('\n')).join('\n')
    await server.commit(name, 'main', 'checkpoint', text)
    await add(name, url)
    await checkpoint()
    await tell()
    expect(await held(name)).toBe(text)
    return await problemOf(name)
  }

  it.each<[string, string, (lines: string[]) => string[], RegExp]>([
    [
      'is another tree',
      'forked',
      ([origin = '', size = '', , ...rest]) => [origin, size, `${'A'.repeat(43)}=`, ...rest],
      /does not go on from/,
    ],
    [
      'is ahead',
      'ahead',
      ([origin = '', , ...rest]) => [origin, '1000', ...rest],
      /1,000 events, more than this log has/,
    ],
    ['is of another log', 'other', ([, ...rest]) => ['pentarch/other', ...rest], /another log, pentarch\/other/],
    ['is no checkpoint', 'prose', () => ['A checkpoint of our project.'], /is no checkpoint/],
  ])('%s', async (_, name, change, problem) => {
    expect(await withCheckpoint(name, change)).toMatch(problem)
  })
})

it.each<[string, () => Promise<[string, object]>, RegExp]>([
  [
    'a wrong token',
    async () => [await server.repository('wrong'), { ...gitCredential, token: 'no' }],
    /HTTP status 401/,
  ],
  ['no token', async () => [await server.repository('none'), {}], /nobody without a token/],
  ['no repository', async () => [`${await server.repository('gone')}-not`, gitCredential], /There is no repository/],
])('says what is wrong with %s', async (name, at, problem) => {
  const [url, more] = await at()
  await add(name, url, more)
  await checkpoint()
  await tell()
  expect(await problemOf(name)).toMatch(problem)
  expect(await problemOf('keeper')).toBeNull()
})

it('is pushed to before anything is mailed, so that a repository that fails sends no mail again and again', async () => {
  // No mail server is set here: whatever got as far as the mail would say so.
  const url = `${await server.repository('mailed')}-not`
  await add('mailed', url, { ...gitCredential, email: 'log@example.com' })
  await checkpoint()
  await tell()
  expect(await problemOf('mailed')).toMatch(/There is no repository/)
})

it.each<[object, string]>([
  [{ name: 'nothing' }, 'repository'],
  [{ repository: 'https://git.example/log.git' }, 'name'],
  [{ name: 'a', repository: 'https://somebody:secret@git.example/log.git' }, 'repository'],
  [{ name: 'a', repository: 'nothing' }, 'repository'],
  [{ name: 'a', repository: 'ssh://git@git.example/log.git' }, 'repository'],
  [{ name: 'a', repository: 'https://git.example/log.git', branch: '../main' }, 'branch'],
  [{ name: 'a', repository: 'https://git.example/log.git', user: 'somebody' }, 'token'],
  [{ name: 'a', email: 'log@example.com', token: 'secret' }, 'token'],
  [{ name: 'keeper', email: 'log@example.com' }, ''],
])('refuses %j', async (input, field) => {
  const refusal = await refusalOf(registry.run(useCases['log.addWitness'], input))
  expect(refusal).toMatchObject(
    field ? { code: 'invalid_input', message: expect.stringContaining(field) } : { code: 'conflict' },
  )
})
