import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type Role, systemActor } from '@/lib/access/model'
import { mayRun } from '@/lib/access/permissions'
import { sql } from '@/lib/db/sql'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { exportFormats, kindsOf } from '@/lib/exporters/names'
import { actorWith } from '@/lib/registry/testing'
import { makeCheckpoint } from '@/lib/transparency/make-checkpoint'
import { useCases } from '@/lib/use-cases/catalog'
import type { UseCase } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { runUseCase } from '@/lib/use-cases/run'
import { seed } from './seed'

/** Some of the sample is restricted; then every query is asked every way it can be, and each answer is searched for it. */

const now = new Date(Date.now() + 60_000)
const agents = ['sanctions-checker', 'injury-reviewer']
const tools = ['sanctions-screening', 'medical-reports']

let test: TestDatabase
const keyBefore = process.env.PENTARCH_LOG_KEY

const runOf = (actor: Actor, asOf?: Date) => ({
  database: test.database,
  actor,
  now,
  newId: () => v7(),
  requestId: 'test',
  ...(asOf && { asOf }),
})

/** What an answer says, files included; a refusal is what it says. Anything but a refusal is a fault. */
async function ask(name: string, input: unknown, actor: Actor, asOf?: Date): Promise<string> {
  const useCase: UseCase | undefined = Object.entries<UseCase>(useCases).find(([known]) => known === name)?.[1]
  if (!useCase) throw new Error(`There is no use case ${name}`)
  try {
    const answer: unknown = await runUseCase(useCase, input as never, runOf(actor, asOf))
    if (useCase.kind !== 'file') return decoded(JSON.stringify(answer))
    const { body } = answer as { body: AsyncIterable<Uint8Array> }
    const parts: Uint8Array[] = []
    for await (const part of body) parts.push(part)
    return Buffer.concat(parts).toString('latin1')
  } catch (error) {
    if (error instanceof DomainError) return `refused: ${error.code} ${error.message} ${JSON.stringify(error.fields)}`
    throw new Error(`${name} ${JSON.stringify(input)} as ${actor.role}${asOf ? ` as of ${asOf.toISOString()}` : ''}`, {
      cause: error,
    })
  }
}

/** The documents of the log come as base64. */
function decoded(answer: string): string {
  const entries = /"entries":"([A-Za-z0-9+/=]+)"/.exec(answer)?.[1]
  return entries === undefined ? answer : `${answer}${Buffer.from(entries, 'base64').toString('utf8')}`
}

const column = async (statement: string): Promise<string[]> =>
  (
    await test.database.pool.query<{ value: string }>(`SELECT x.value FROM (${statement}) AS x (value) ORDER BY 1`)
  ).rows.map(({ value }) => value)

/** Ids, slugs and names of what is restricted and of all that belongs to it. */
async function secretsOf(): Promise<string[]> {
  const hidden = `SELECT id FROM binding WHERE agent_id IN (SELECT id FROM agent WHERE restricted) OR tool_id IN (SELECT id FROM tool WHERE restricted)`
  return await column(`
    SELECT unnest(ARRAY[id::text, slug, name]) FROM agent WHERE restricted
    UNION SELECT unnest(ARRAY[id::text, slug, name]) FROM tool WHERE restricted
    UNION SELECT id::text FROM binding WHERE id IN (${hidden})
    UNION SELECT id::text FROM gap WHERE subject_slug ~ '${[...agents, ...tools].join('|')}'
    UNION SELECT id::text FROM contract WHERE tool_id IN (SELECT id FROM tool WHERE restricted)
    UNION SELECT id::text FROM assignment WHERE agent_id IN (SELECT id FROM agent WHERE restricted) OR tool_id IN (SELECT id FROM tool WHERE restricted)
      OR binding_id IN (${hidden})`)
}

type Inputs = () => Promise<object[]>
const each =
  (key: string, statement: string, more: object = {}): Inputs =>
  async () =>
    (await column(statement)).map((value) => ({ [key]: value, ...more }))
const slugs = (table: string) => `SELECT slug FROM ${table}`
const ids = (table: string) => `SELECT id::text FROM ${table}`
const pairs: Inputs = async () =>
  (
    await test.database.pool.query(
      'SELECT split_part(slug, $1, 1) AS agent, tool_slug AS tool, environment FROM binding',
      ['/'],
    )
  ).rows
const past: Inputs = async () => {
  const [from] = await column(`SELECT (min(at) + interval '1 millisecond')::text FROM audit_event`)
  const span = { from: new Date(from ?? now).toISOString(), to: now.toISOString() }
  const kinds = ['owner', 'gap', 'binding', 'path_step', 'assignment', 'contract', 'agent', 'delegation', 'tool']
  return kinds.map((kind) => ({ ...span, kind, limit: 100 }))
}
const about: Inputs = async () => {
  const named = async (kind: string, statement: string) =>
    (await column(statement)).map((key) => ({ about: `${kind}:${key}`, limit: 100 }))
  return [
    { limit: 100 },
    ...(await named('agent', slugs('agent'))),
    ...(await named('agent', ids('agent'))),
    ...(await named('tool', slugs('tool'))),
    ...(await named('binding', slugs('binding'))),
    ...(await named('gap', ids('gap'))),
    ...(await named('team', slugs('team'))),
    ...(await named('campaign', slugs('campaign'))),
  ]
}
const named: Inputs = async () => [
  { limit: 100 },
  ...(await column(`SELECT slug FROM agent WHERE restricted`)).map((agent) => ({ agent })),
  ...(await column(`SELECT slug FROM tool WHERE restricted`)).map((tool) => ({ tool })),
]
/** All but PDF, whose thread only the built app can start: its rows are those of the others. */
const files: Inputs = async () =>
  exportFormats
    .filter((format) => format !== 'pdf')
    .flatMap((format) =>
      kindsOf(format)
        .filter((kind) => format === 'csv' || format === 'ndjson' || kind === 'gaps' || kind === 'matrix')
        .map((kind) => ({ kind, format })),
    )
const contracts: Inputs = async () =>
  (await test.database.pool.query('SELECT t.slug AS tool, c.version FROM contract c JOIN tool t ON t.id = c.tool_id'))
    .rows
const nothing: Inputs = async () => [{}]

/** How a query is asked where it cannot be asked with nothing, or where there is more to ask. */
const inputs: Readonly<Record<string, Inputs>> = {
  'agents.get': each('slug', slugs('agent')),
  'tools.get': each('slug', slugs('tool')),
  'points.get': each('slug', slugs('enforcement_point')),
  'teams.get': each('slug', slugs('team')),
  'people.get': each('person', 'SELECT external_id FROM person'),
  'bindings.get': each('binding', slugs('binding')),
  'bindings.list': named,
  'matrix.rows': named,
  'matrix.counts': named,
  'matrix.summaries': async () => ['agents', 'tools'].map((view) => ({ view, limit: 100 })),
  'delegations.graph': async () => [{}, ...agents.map((agent) => ({ agent }))],
  'search.find': async () => ['sanct', 'medical', 'injury', 'report', ...agents, ...tools].map((q) => ({ q })),
  'owners.get': pairs,
  'history.owners': pairs,
  'history.changes': past,
  'history.compare': async () => [
    {},
    ...(await past()).slice(0, 1).map(({ from, to }: { from?: string; to?: string }) => ({ from, to })),
  ],
  'gaps.list': async () => [
    ...(await named()),
    { state: ['resolved'], limit: 100 },
    { state: ['excepted'], limit: 100 },
  ],
  'gaps.get': each('id', ids('gap')),
  'gaps.comments': each('id', ids('gap')),
  'exceptions.get': each('id', ids('gap_exception')),
  'contracts.get': contracts,
  'contracts.diff': contracts,
  'contracts.check': async () => [{ document: '{}' }],
  'attestations.standing': async () => [
    ...(await each('tool', slugs('tool'))()),
    ...(await each('point', slugs('enforcement_point'))()),
  ],
  'assignments.get': each('id', ids('assignment')),
  'ownership.suggest': async () => (await column(ids('gap'))).map((id) => ({ gaps: [id] })),
  'succession.preview': each('person', 'SELECT external_id FROM person'),
  'parity.tool': each('slug', slugs('tool')),
  'parity.list': each('slug', slugs('tool')),
  'parity.get': each('id', ids('parity_run')),
  'bindings.previewRoute': async () => [],
  'imports.get': each('id', ids('import_run')),
  'imports.preview': async () => [],
  'campaigns.get': each('slug', slugs('campaign')),
  'campaigns.items': each('slug', slugs('campaign'), { limit: 100 }),
  'campaigns.progress': each('slug', slugs('campaign')),
  'campaigns.signals': each('slug', slugs('campaign')),
  'campaigns.comments': each('slug', slugs('campaign')),
  'campaigns.report': each('slug', slugs('campaign')),
  'campaigns.records': each('slug', slugs('campaign'), { limit: 200 }),
  'campaigns.verify': each('slug', slugs('campaign')),
  'campaigns.endPreview': each('slug', slugs('campaign')),
  'campaigns.remindPreview': each('slug', slugs('campaign')),
  'campaigns.preview': async () => [],
  'campaignTemplates.get': each('slug', slugs('campaign_template')),
  'reviews.get': each('item', ids('review_item')),
  'reviews.list': async () => ['open', 'answered', 'deferred'].map((state) => ({ state, limit: 100 })),
  'remediations.get': each('id', ids('remediation')),
  'challenges.list': each('campaign', slugs('campaign')),
  'mails.get': each('id', ids('mail')),
  'audit.list': about,
  'audit.count': about,
  'audit.get': each('id', ids('audit_event')),
  'log.inclusion': async () => [
    ...(await each('event', ids('audit_event'))()),
    ...(await column('SELECT index::text FROM log_leaf')).map((index) => ({ index: Number(index) })),
  ],
  'log.consistency': async () => [{ from: 1 }],
  'log.tile': async () => [{ level: '0', place: '000.p/1' }],
  'log.entries': async () => {
    const [size] = await column('SELECT count(*)::text FROM log_leaf')
    return [{ place: `000.p/${Math.min(255, Number(size))}` }]
  },
  'settings.policy.preview': async () => [],
  'whatif.preview': async () => [],
  'whatif.plan': async () => [],
  'frameworks.get': each('key', `SELECT unnest(ARRAY['owasp-agentic', 'nist-ai-rmf'])`),
  'points.probe': async () => [],
  'exportSchedules.runs': async () => [],
  'streams.test': async () => [],
  'exports.check': files,
  'exports.file': files,
  'exports.get': each('id', ids('export_run')),
  'exports.fetch': each('id', ids('export_run')),
  'bundles.file': async () => [{ id: v7() }],
  // Its rows are those of the exports of each kind.
  'exports.workbook': async () => [],
  // Of agents that are not restricted alone.
  'serviceAccounts.get': each('agent', slugs('agent')),
  // Of identity providers alone, and of people and teams.
  'provisioning.getUser': async () => [],
  'provisioning.getGroup': async () => [],
  'provisioning.resourceType': async () => [],
  'provisioning.schema': async () => [],
}

const queries = Object.entries<UseCase>(useCases).filter(([, { kind }]) => kind !== 'command')

beforeAll(async () => {
  process.env.PENTARCH_LOG_KEY = randomBytes(32).toString('base64')
  test = await createTestDatabase()
  await seed({ connectionString: test.connectionString, kind: 'sample', now: new Date() })
  const lead = actorWith('governance_lead')
  // One of each came restricted with the sample.
  for (const slug of agents.slice(1)) {
    const { version } = await runUseCase(useCases['agents.get'], { slug }, runOf(lead))
    await runUseCase(useCases['agents.update'], { slug, version, restricted: true }, runOf(lead))
  }
  for (const slug of tools.slice(1)) {
    const { version } = await runUseCase(useCases['tools.get'], { slug }, runOf(lead))
    await runUseCase(useCases['tools.update'], { slug, version, restricted: true }, runOf(lead))
  }
  await makeCheckpoint(runOf(systemActor('the test')))
}, 300_000)
afterAll(async () => {
  if (keyBefore === undefined) delete process.env.PENTARCH_LOG_KEY
  else process.env.PENTARCH_LOG_KEY = keyBefore
  await test.drop()
})

/** Somebody of the registry who belongs to no team and answers for nothing. */
async function outsider(role: Role, more: Partial<Actor> = {}): Promise<Actor> {
  const id = v7()
  const { prisma } = test.database
  await prisma.person.create({
    data: { id, externalId: `outsider-${id}`, name: 'An outsider', source: 'test', createdAt: now, updatedAt: now },
  })
  const actor = actorWith(role, { personId: id, ...more })
  await prisma.account.create({
    data: { id: actor.id ?? v7(), email: `${id}@example.com`, name: actor.name, role, personId: actor.personId },
  })
  return actor
}

describe('whoever has no standing in a restricted thing', () => {
  it('can be asked for by every query, or it is said here how', async () => {
    const unasked = queries.filter(([name, { input }]) => !(name in inputs) && !input.safeParse({}).success)
    expect(unasked.map(([name]) => name)).toEqual([])
  })

  it.each([
    ['engineer', { kind: 'token', scopes: new Set(['read'] as const), tokenName: 'a script' }],
    ['member', { personId: null }],
  ] as const)(
    'as %s (%o) gets no answer of any query that names it, of now or of then',
    { timeout: 600_000 },
    async (role, more) => {
      const actor = await outsider(role, more)
      const secrets = await secretsOf()
      expect(secrets.length).toBeGreaterThan(20)
      const told: string[] = []
      for (const [name, useCase] of queries) {
        if (mayRun(useCase.name, actor) !== true) continue
        const isTimeless = useCase.kind === 'query' && useCase.alwaysPresent
        for (const [place, input] of (await (inputs[name] ?? nothing)()).entries()) {
          const asked = JSON.stringify(input)
          // Of what is asked for one by one, every third of then.
          for (const asOf of isTimeless || place % 3 > 0 ? [undefined] : [undefined, new Date(now.getTime() - 1)]) {
            const answer = await ask(name, input, actor, asOf)
            const said = secrets.filter((secret) => answer.includes(secret) && !asked.includes(secret))
            if (said.length > 0) told.push(`${name} ${asked}${asOf ? ' (past)' : ''}: ${said.slice(0, 3)}`)
          }
        }
      }
      expect(told).toEqual([])
    },
  )

  it('gets for its name what a name gets that nothing has', async () => {
    const actor = await outsider('engineer')
    const refusal = async (name: string, input: unknown, secret: string) =>
      (await ask(name, input, actor)).replaceAll(secret, 'X')
    for (const [name, key, secret] of [
      ['agents.get', 'slug', 'sanctions-checker'],
      ['tools.get', 'slug', 'medical-reports'],
      ['bindings.get', 'binding', 'injury-reviewer/claims-api@production'],
    ] as const) {
      const other = secret.replace(/[a-z]/g, 'q')
      expect(await refusal(name, { [key]: secret }, secret)).toBe(await refusal(name, { [key]: other }, other))
    }
  })
})

describe('those who may know', () => {
  it.each(['admin', 'governance_lead', 'auditor'] as const)('as %s see it', async (role) => {
    expect(await ask('agents.get', { slug: 'sanctions-checker' }, actorWith(role))).toContain('Sanctions checker')
  })

  it('are the members of a team that owns a layer of it, and its sponsor', async () => {
    const people = await test.database.query<{ id: string }>(sql`
      SELECT DISTINCT m.person_id::text AS id FROM agent a JOIN binding b ON b.agent_id = a.id AND b.state <> 'revoked'
      JOIN effective_owner e ON e.binding_id = b.id JOIN membership m ON m.team_id = e.team_id
      JOIN team t ON t.id = m.team_id AND t.status = 'active' WHERE a.slug = 'injury-reviewer'
      UNION SELECT sponsor_id::text FROM agent WHERE slug = 'injury-reviewer'`)
    expect(people.length).toBeGreaterThan(2)
    for (const { id } of people) {
      const answer = await ask('agents.get', { slug: 'injury-reviewer' }, actorWith('member', { personId: id }))
      expect(answer).toContain('Injury reviewer')
    }
  })

  it('are whoever is given a gap of it, as long as they have it', async () => {
    const [gap] = await column(
      `SELECT id::text FROM gap WHERE state <> 'resolved' AND subject_slug ~ '^injury-reviewer'`,
    )
    const given = await outsider('member')
    const read = async () => await ask('gaps.get', { id: gap }, given)
    const assign = async (assignee: string | null) =>
      await ask('gaps.assign', { ids: [gap], assignee, note: 'For the test' }, actorWith('admin'))
    expect(await read()).toContain('refused: not_found')
    expect(await assign(`outsider-${given.personId}`)).not.toContain('refused')
    expect(await read()).toContain('"slug":"injury-reviewer/')
    expect(await ask('agents.get', { slug: 'sanctions-checker' }, given)).toContain('refused: not_found')
    expect(await assign(null)).not.toContain('refused')
    expect(await read()).toContain('refused: not_found')
  })

  it('are whoever is asked to review it, from when they are asked', async () => {
    const [found] = await test.database.query<{ item: string; reviewer: string }>(sql`
      SELECT i.id::text AS item, r.person_id::text AS reviewer FROM review_item i
      JOIN campaign c ON c.id = i.campaign_id AND c.state = 'running'
      JOIN item_reviewer r ON r.item_id = i.id AND r.state = 'open'
      WHERE i.state = 'open' AND (i.agent_slug = ANY(${agents}) OR i.tool_slug = ANY(${tools}))`)
    if (!found) throw new Error('Nobody is asked about anything restricted')
    const { item } = found
    const asked = await outsider('member')
    const read = async () => await ask('reviews.get', { item }, asked)
    expect(await read()).toContain('refused: not_found')
    const handed = { items: [item], to: `outsider-${asked.personId}`, reason: 'They know it' }
    const reviewer = actorWith('member', { personId: found.reviewer })
    expect(await ask('reviews.handOver', handed, reviewer)).not.toContain('refused')
    expect(await read()).not.toContain('refused')
  })
})
