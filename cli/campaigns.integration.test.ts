import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { tokenScopes } from '@/lib/access/model'
import { makeToken } from '@/lib/access/tokens/token'
import { database } from '@/lib/db/client'
import { type ServedApi, serveApi } from '@/lib/http/testing/server'
import { launchCampaignsJob } from '@/lib/jobs/launch-campaigns'
import { runningCampaign, type SmallEstate, smallEstate, type TestCampaign } from '@/lib/recertification/testing'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { run } from './testing'

/** The commands of recertification against the real API over HTTP and a real database. */

let registry: TestRegistry
let estate: SmallEstate
let campaign: TestCampaign
let server: ServedApi
let folder: string
let lead: string
let reviewer: string

beforeAll(async () => {
  registry = await testRegistry()
  // The server lives in the present.
  registry.wait((Date.now() - registry.now().getTime()) / 1000)
  vi.stubEnv('DATABASE_URL', registry.connectionString)
  estate = await smallEstate(registry, 4)
  campaign = await runningCampaign(registry, estate)
  lead = await tokenOf(campaign.accountId)
  reviewer = await tokenOf(await accountOf(estate.people.ana.id))
  server = await serveApi()
  folder = await mkdtemp(path.join(tmpdir(), 'pentarch-campaigns-'))
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
  await database().close()
  await registry.drop()
  vi.unstubAllEnvs()
})

async function accountOf(personId: string): Promise<string> {
  const id = v7()
  const account = {
    id,
    email: `${id}@example.org`,
    name: 'ana',
    passwordHash: 'none',
    role: 'member' as const,
    personId,
  }
  await registry.database.prisma.account.create({ data: account })
  return id
}

async function tokenOf(accountId: string): Promise<string> {
  const { token, prefix, hash } = makeToken()
  await registry.database.prisma.apiToken.create({
    data: { id: v7(), accountId, name: 'test', prefix, hash, scopes: [...tokenScopes], createdAt: new Date() },
  })
  return token
}

const as = (token: string) => (args: string[]) =>
  run(args, { env: { PENTARCH_URL: server.url, PENTARCH_TOKEN: token }, folder })
const asLead = (...args: string[]) => as(lead)(args)
const asReviewer = (...args: string[]) => as(reviewer)(args)
const itemAt = (index: number) => campaign.items[index]?.id ?? ''

describe('pentarch campaigns', () => {
  it('lists them, and says how far one is and who is still asked', async () => {
    const listed = await asLead('list', 'campaigns', '--format', 'json')
    expect(JSON.parse(listed.stdout)).toMatchObject([{ slug: campaign.slug, state: 'running' }])
    expect((await asLead('campaigns', 'list')).stdout).toContain(campaign.slug)
    const status = await asLead('campaigns', 'status', campaign.slug)
    expect(status).toMatchObject({ code: 0, stderr: '' })
    expect(status.stdout).toContain('4 items · 0 answered (0 %) · 4 open')
    expect(status.stdout).toMatch(/^ana +4 +0 +0$/m)
    const json = JSON.parse((await asLead('campaigns', 'status', campaign.slug, '--format', 'json')).stdout)
    expect(json).toMatchObject({ slug: campaign.slug, people: { rows: [{ open: 4 }] } })
  })

  it('makes one from a definition and starts it, and says on which line a definition is wrong', async () => {
    const definition = [
      'name: By the command line',
      'definition:',
      '  kind: access',
      '  nonResponse: ignore',
      '  stages:',
      '    - { name: Owners, reviewers: { by: layer_lead }, duration: P14D }',
      '  colour: red',
      '',
    ].join('\n')
    await writeFile(path.join(folder, 'bad.yaml'), definition)
    const bad = await asLead('campaigns', 'create', 'bad.yaml')
    expect(bad).toMatchObject({ code: 1, stdout: '' })
    expect(bad.stderr).toContain('bad.yaml:4 definition.nonResponse')
    expect(bad.stderr).toContain('bad.yaml:7 definition.colour Unknown key "colour"')

    const good = definition.replace('ignore', 'gap').replace('  colour: red\n', '')
    await writeFile(path.join(folder, 'good.yaml'), good)
    const made = await asLead('campaigns', 'create', 'good.yaml', '--format', 'json')
    expect(made).toMatchObject({ code: 0, stderr: '' })
    const { slug, state } = JSON.parse(made.stdout)
    expect(state).toBe('draft')
    const started = await asLead('campaigns', 'start', slug)
    expect(started).toMatchObject({ code: 0, stdout: `${slug} (launching)\n` })
    await launchCampaignsJob.handle({ database: registry.database, now: new Date(), runId: v7() })
    const status = await asLead('campaigns', 'status', slug)
    expect(status.stdout).toContain('4 items')
  })

  it('needs a template or a file, and refuses a template that is not there', async () => {
    expect(await asLead('campaigns', 'create')).toMatchObject({ code: 2 })
    expect(await asLead('campaigns', 'create', '--template', 'nothing')).toMatchObject({ code: 1 })
  })

  it('is for those who run campaigns', async () => {
    expect(await asReviewer('campaigns', 'end-stage', campaign.slug, '--yes')).toMatchObject({ code: 3, stdout: '' })
  })

  it('shows whom a reminder would reach, and reminds', async () => {
    const preview = await asLead('campaigns', 'remind', campaign.slug, '--preview')
    expect(preview).toMatchObject({ code: 0, stderr: '' })
    expect(preview.stdout).toMatch(/^ana-\S+ +ana-\S+ +4 +today$/m)
    expect((await asLead('campaigns', 'remind', campaign.slug)).stdout).toBe('1 reminded\n')
  })

  it('extends a stage', async () => {
    const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
    const extended = await asLead('campaigns', 'extend', campaign.slug, '--until', until, '--reason', 'Holidays')
    expect(extended).toMatchObject({ code: 0, stdout: `${campaign.slug} is due on ${until}\n` })
  })
})

describe('pentarch review', () => {
  it('lists what waits for whoever asks', async () => {
    const { code, stdout } = await asReviewer('review', 'list', '--campaign', campaign.slug)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ITEM +RISK/)
    for (const { id } of campaign.items) expect(stdout).toContain(id)
  })

  it('answers one', async () => {
    const answered = await asReviewer('review', 'decide', itemAt(0), 'certify', '--comment', 'In use')
    expect(answered).toMatchObject({ code: 0, stderr: '' })
    expect(answered.stdout).toMatch(/^1 answered · \d+ still open for you/)
    const again = await asReviewer('review', 'decide', itemAt(0), 'certify')
    expect(again).toMatchObject({ code: 1, stdout: '' })
    expect(await asReviewer('review', 'decide', itemAt(1), 'perhaps')).toMatchObject({ code: 2 })
  })

  it('answers many from a file, all or none, with the line of what is wrong', async () => {
    const rows = (last: string) =>
      `item,verdict,comment\n${itemAt(1)},certify,\n${itemAt(2)},revoke,"Nobody, really"\n${last}\n`
    await writeFile(path.join(folder, 'bad.csv'), rows(`${itemAt(3)},maybe,`))
    const local = await asReviewer('review', 'decide', '--file', 'bad.csv')
    expect(local).toMatchObject({ code: 1, stdout: '' })
    expect(local.stderr).toContain('bad.csv:4 verdict')

    await writeFile(path.join(folder, 'late.csv'), rows(`${itemAt(0)},certify,`))
    for (const options of [['--dry-run'], []]) {
      const refused = await asReviewer('review', 'decide', '--file', 'late.csv', ...options)
      expect(refused).toMatchObject({ code: 1, stdout: '' })
      expect(refused.stderr).toContain('late.csv:4 item')
    }

    await writeFile(path.join(folder, 'good.csv'), rows(''))
    const dry = await asReviewer('review', 'decide', '--file', 'good.csv', '--dry-run')
    expect(dry.stdout).toBe('2 could be answered so; nothing was sent.\n')
    const done = await asReviewer('review', 'decide', '--file', 'good.csv', '--format', 'json')
    expect(JSON.parse(done.stdout)).toMatchObject({ decided: 2 })
  })
})

describe('ending and reporting', () => {
  it('shows what ending would change, and does it only when told', async () => {
    const preview = await asLead('campaigns', 'end-stage', campaign.slug)
    expect(preview).toMatchObject({ code: 1 })
    expect(preview.stdout).toContain('Ending the stage')
    expect(preview.stderr).toContain('Add --yes')
    expect(await asLead('campaigns', 'stop', campaign.slug, '--yes')).toMatchObject({ code: 2 })
    expect(await asLead('campaigns', 'end-stage', campaign.slug, '--yes')).toMatchObject({ code: 0, stderr: '' })
  })

  it('prints the report in short, as CSV of items and decisions, and whole as JSON', async () => {
    const text = await asLead('campaigns', 'report', campaign.slug)
    expect(text).toMatchObject({ code: 0, stderr: '' })
    expect(text.stdout).toMatch(/^all +4 +2 +0 +1 +1 +0$/m)
    const csv = await asLead('campaigns', 'report', campaign.slug, '--format', 'csv')
    expect(csv.stdout.trimEnd().split('\r\n')).toHaveLength(5)
    const args = ['campaigns', 'report', campaign.slug, '--format', 'csv', '--rows', 'decisions', '-o', 'said.csv']
    expect(await asLead(...args)).toMatchObject({ code: 0, stdout: '' })
    const said = await readFile(path.join(folder, 'said.csv'), 'utf8')
    expect(said.trimEnd().split('\r\n')).toHaveLength(4)
    expect(said).toContain('"Nobody, really"')
    const whole = JSON.parse((await asLead('campaigns', 'report', campaign.slug, '--format', 'json')).stdout)
    expect(whole.report.totals).toMatchObject({ items: 4, certify: 2, revoke: 1, no_response: 1 })
    expect(whole.records).toHaveLength(4)
    expect(await asLead('campaigns', 'report', campaign.slug, '--verify')).toMatchObject({ code: 1, stdout: '' })
  })

  it('exports certifications as CSV and JSON', async () => {
    expect(await asLead('export', 'certifications', '-o', 'all.csv')).toMatchObject({ code: 0, stdout: '' })
    const csv = await readFile(path.join(folder, 'all.csv'), 'utf8')
    expect(csv).toMatch(/^key,kind,subject,agent,tool,layer,team,risk,state,standing,certified_at,/)
    // Four bindings, and five layers of the agent of each.
    expect(csv.trimEnd().split('\r\n')).toHaveLength(1 + 4 + 20)
    const rows = JSON.parse((await asLead('export', 'certifications', '--format', 'json')).stdout)
    expect(rows).toHaveLength(24)
    expect(await asLead('export', 'certifications', '--format', 'yaml')).toMatchObject({ code: 2 })
  })
})
