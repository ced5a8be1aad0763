import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import readWorkbook from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { database } from '@/lib/db/client'
import { syncReferenceData } from '@/lib/db/reference'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { type ServedApi, serveApi } from '@/lib/http/testing/server'
import { tokenFor } from '@/lib/http/testing/token'
import { layerIds } from '@/lib/layers'
import { run } from './testing'

/** The real command line as its own process, against the real API over HTTP, against a real database. */

const launcher = path.join(import.meta.dirname, 'pentarch.mjs')
const estate = `apiVersion: pentarch/v1
kind: Estate
people:
  - { id: ana, name: Ana Ruiz, email: ana@example.org }
  - { id: ben, name: "=Ben" }
teams:
  - { slug: iam, name: Identity, function: iam, members: [{ person: ana, role: lead }] }
  - { slug: crm-team, name: CRM team, function: application, members: [{ person: ben, role: lead }] }
agents:
  - { slug: bot, name: Support bot, sponsor: ana, lifecycle: active }
enforcementPoints:
  - { slug: crm-app, name: CRM server, kind: application, team: crm-team }
tools:
  - { slug: crm, name: CRM, application: crm-app }
bindings:
  - { agent: bot, tool: crm, state: active, risk: high, intent: { text: Look up, approvedBy: ana }, certifiedAt: 2099-01-01 }
owners:
  - { layer: identity, scope: organisation, team: iam, person: ana, state: accepted }
`

let test: TestDatabase
let server: ServedApi
let folder: string
let url: string
let token: string

beforeAll(async () => {
  test = await createTestDatabase()
  await syncReferenceData(test.database)
  vi.stubEnv('DATABASE_URL', test.connectionString)
  vi.stubEnv('NEXTAUTH_SECRET', 'a secret for tests alone, of 32+ characters')
  token = await tokenFor(test.database, 'governance_lead')
  server = await serveApi()
  url = server.url
  folder = await mkdtemp(path.join(tmpdir(), 'pentarch-cli-'))
  await writeFile(path.join(folder, 'estate.yaml'), estate)
})

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
  await database().close()
  await test.drop()
  vi.unstubAllEnvs()
})

async function pentarch(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PENTARCH_URL: url, PENTARCH_TOKEN: token, ...env },
  })
  const [stdout, stderr, [code]] = await Promise.all([
    child.stdout.setEncoding('utf8').toArray(),
    child.stderr.setEncoding('utf8').toArray(),
    once(child, 'close'),
  ])
  return { code, stdout: stdout.join(''), stderr: stderr.join('') }
}

/** Runs a command that has to end well and say nothing on stderr; its stdout as JSON. */
async function json(...args: string[]) {
  const { code, stdout, stderr } = await pentarch([...args, '--format', 'json'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

describe('the command line against a server', () => {
  it('shows what an import would change, imports it, and imports it again without a change', async () => {
    const preview = await json('import', 'estate', 'estate.yaml')
    expect(Object.keys(preview)).toEqual(['created', 'updated', 'unchanged', 'missing', 'errors', 'warnings'])
    expect(preview.created).toMatchObject({ people: 2, teams: 2, agents: 1, tools: 1, bindings: 1, owners: 1 })
    expect(await json('list', 'agents'), 'nothing was written').toEqual([])

    const applied = await json('import', 'estate', 'estate.yaml', '--apply')
    expect(applied.created).toEqual(preview.created)
    const again = await json('import', 'estate', '.', '--apply')
    expect(again.unchanged).toEqual(preview.created)
    expect(
      Object.values(again.created)
        .concat(Object.values(again.updated))
        .every((count) => count === 0),
    ).toBe(true)
  })

  it('tells people what an import did', async () => {
    const { code, stdout } = await pentarch(['import', 'estate', 'estate.yaml'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ +CREATED +UPDATED +UNCHANGED +MISSING$/m)
    expect(stdout).toContain('There is nothing to change.')
  })

  it('refuses a file with an error whole, with the place of each', async () => {
    const bad = estate
      .replace('slug: bot,', 'slug: bot-2, colour: red,')
      .replace('team: iam, person', 'team: nobody, person')
    await writeFile(path.join(folder, 'bad.yml'), bad)
    for (const options of [[], ['--apply']]) {
      const { code, stdout, stderr } = await pentarch(['import', 'estate', 'bad.yml', ...options, '--format', 'json'])
      expect(code).toBe(1)
      expect(stderr).toContain('bad.yml:10 agents[0].colour Unknown key "colour"')
      expect(JSON.parse(stdout).errors).toContainEqual({
        file: 'bad.yml',
        line: 10,
        field: 'agents[0].colour',
        message: 'Unknown key "colour"',
      })
    }
    await rm(path.join(folder, 'bad.yml'))
    expect(await json('list', 'agents')).toHaveLength(1)
  })

  it('says who owns each layer, in the promised shape', async () => {
    const { layers } = await json('owners', '--agent', 'bot', '--tool', 'crm')
    expect(Object.keys(layers).sort()).toEqual([...layerIds].sort())
    expect(layers.identity).toEqual({
      team: 'iam',
      person: 'ana',
      source: 'organisation',
      assignment: 'identity:organisation',
      credible: true,
      confirmed: true,
      since: expect.any(String),
    })
    expect(layers.enforcement).toMatchObject({ team: null, source: null, assignment: null })
  })

  it('assigns an owner, and the gap closes', async () => {
    const open = async () =>
      (await json('gaps', '--rule', 'layer-unowned', '--state', 'open')).map(({ layer }: { layer: string }) => layer)
    expect((await open()).sort()).toEqual(['enforcement', 'entitlement', 'monitoring', 'privilege'])
    const args = ['assign', '--layer', 'enforcement', '--team', 'crm-team', '--reason', 'They run the application']
    const { code, stdout } = await pentarch([...args, '--tool', 'crm'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'enforcement:tool:crm → crm-team (proposed)\n' })
    expect((await open()).sort()).toEqual(['entitlement', 'monitoring', 'privilege'])
    const { layers } = await json('owners', '--agent', 'bot', '--tool', 'crm')
    expect(layers.enforcement).toMatchObject({ team: 'crm-team', source: 'tool', confirmed: false })
    const narrow = await pentarch([...args, '--agent', 'bot', '--tool', 'crm', '--format', 'json'])
    expect(JSON.parse(narrow.stdout)).toEqual([
      expect.objectContaining({ name: 'enforcement:binding:bot/crm@production' }),
    ])
    const refused = await pentarch([...args, '--organisation'])
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain('the front door must not stand in for the application')
  })

  it('prints gaps in the promised shape, and as SARIF', async () => {
    const [gap] = await json('gaps', '--rule', 'layer-unowned')
    expect(Object.keys(gap)).toEqual([
      ...['id', 'rule', 'layer', 'point', 'severity', 'state', 'subject', 'affected', 'since', 'explanation'],
    ])
    expect(Object.keys(gap.subject)).toEqual(['type', 'slug'])
    const { code, stdout } = await pentarch(['gaps', '--format', 'sarif'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      version: '2.1.0',
      runs: [{ invocations: [{ executionSuccessful: true }] }],
    })
  })

  it.each(['people', 'teams', 'agents', 'tools', 'bindings', 'assignments', 'gaps', 'enforcement-points'])(
    'lists %s as JSON, CSV and a table',
    async (kind) => {
      // In this process: what starting one adds is proven by the others.
      const list = (format: string) =>
        run(['list', kind, '--format', format], { env: { PENTARCH_URL: url, PENTARCH_TOKEN: token } })
      const rows = JSON.parse((await list('json')).stdout)
      expect(rows.length).toBeGreaterThan(0)
      const csv = await list('csv')
      expect(csv).toMatchObject({ code: 0, stderr: '' })
      expect(csv.stdout.endsWith('\r\n')).toBe(true)
      const table = await list('table')
      expect(table.stdout.trimEnd().split('\n')).toHaveLength(rows.length + 1)
      expect(table.stdout).not.toContain('undefined')
    },
  )

  it('goes through all pages, and narrows by filters', async () => {
    await test.database.prisma.person.createMany({
      data: Array.from({ length: 450 }, (_, index) => ({
        id: crypto.randomUUID(),
        externalId: `person-${index}`,
        name: `Person ${index}`,
        source: 'test',
        createdAt: new Date(),
        updatedAt: new Date(),
      })),
    })
    const rows = await json('list', 'people')
    expect(new Set(rows.map(({ externalId }: { externalId: string }) => externalId)).size).toBe(452)
    expect(await json('list', 'people', '--filter', 'status=left')).toEqual([])
  })

  it('exports a population by its filter, as it comes or to a file that is whole or not there', async () => {
    const { stdout, code } = await pentarch(['export', 'matrix', '--format', 'json', '--filter', 'layer=identity'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([{ key: 'bot/crm@production#identity', team: 'iam', credible: true }])
    const file = path.join(folder, 'matrix.csv')
    expect(await pentarch(['export', 'matrix', '-o', file, '--columns', 'binding,layer'])).toMatchObject({
      code: 0,
      stdout: '',
    })
    const text = await readFile(file, 'utf8')
    expect(text.split('\r\n')).toHaveLength(layerIds.length + 2)
    const refused = await pentarch(['export', 'matrix', '-o', file, '--filter', 'colour=red'])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('colour')
    expect(await readFile(file, 'utf8')).toBe(text)
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('exports all kinds as one workbook', async () => {
    const file = path.join(folder, 'all.xlsx')
    expect(await pentarch(['export', 'workbook', '-o', file])).toMatchObject({ code: 0, stdout: '' })
    const sheets = await readWorkbook(file)
    expect(sheets.map(({ sheet }) => sheet)).toEqual(expect.arrayContaining(['Matrix', 'Gaps', 'People', 'About']))
  })

  it('keeps a spreadsheet from running what a name says', async () => {
    const { stdout } = await pentarch(['list', 'people', '--format', 'csv', '--filter', 'q=Ben'])
    expect(stdout).toContain(",'=Ben,")
  })

  it.each<[string, string[], Record<string, string>, number, string]>([
    ['nothing listens', ['list', 'agents'], { PENTARCH_URL: 'http://127.0.0.1:9' }, 3, 'does not answer'],
    ['the token is unknown', ['list', 'agents'], { PENTARCH_TOKEN: 'ptk_x' }, 3, 'unknown, expired or revoked'],
    [
      'no server is named',
      ['gaps'],
      { PENTARCH_URL: '', PENTARCH_TOKEN: '' },
      3,
      'Set PENTARCH_URL and PENTARCH_TOKEN',
    ],
    ['a thing is not there', ['owners', '--agent', 'nobody', '--tool', 'crm'], {}, 1, 'was not found'],
    ['an export is nothing for a terminal', ['export', 'matrix', '--format', 'xlsx'], {}, 2, 'Name a file with -o'],
    ['a workbook is for all there is', ['export', 'workbook', '-o', 'x', '--filter', 'a=b'], {}, 2, 'by itself'],
    ['a filter is unknown', ['list', 'agents', '--filter', 'colour=red'], {}, 2, 'colour'],
    ['there is no such command', ['exprot'], {}, 2, 'unknown command'],
  ])('when %s, says so on stderr alone and ends with its code', async (_, args, env, code, message) => {
    const ended = await pentarch(args, env)
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toContain(message)
  })

  it('is not let in where its token may not go', async () => {
    const auditor = await tokenFor(test.database, 'auditor')
    const args = ['import', 'estate', 'estate.yaml', '--apply']
    expect(await pentarch(args, { PENTARCH_TOKEN: auditor })).toMatchObject({ code: 3, stdout: '' })
  })

  it('takes server and token from the profile, and keeps the token for that server', async () => {
    await writeFile(path.join(folder, 'cli.json'), JSON.stringify({ url: `${url}/`, token }))
    const profile = { PENTARCH_URL: '', PENTARCH_TOKEN: '', PENTARCH_DATA_DIR: folder }
    expect((await pentarch(['list', 'agents'], profile)).code).toBe(0)
    const elsewhere = await pentarch(['list', 'agents'], { ...profile, PENTARCH_URL: 'http://127.0.0.1:9' })
    expect(elsewhere.code).toBe(3)
    expect(elsewhere.stderr).toContain('Set PENTARCH_TOKEN as well')
    await rm(path.join(folder, 'cli.json'))
  })
})
