import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Actor, systemActor } from '@/lib/access/model'
import { syncReferenceData } from '@/lib/db/reference'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { rebuildCells } from '@/lib/ownership/store'
import { DomainError } from '@/lib/use-cases/errors'
import { runUseCase } from '@/lib/use-cases/run'
import type { ImportKind } from './model'
import { importUseCases } from './service'

let test: TestDatabase
beforeEach(async () => {
  test = await createTestDatabase()
  await syncReferenceData(test.database)
})
afterEach(() => test.drop())

interface Job {
  kind?: ImportKind
  name?: string
  at?: string
  actor?: Actor
}
const input = (text: string, { kind = 'estate', name = 'estate.yaml' }: Job) => ({
  kind,
  files: [{ name, contentBase64: Buffer.from(text).toString('base64') }],
})
const run = ({ at = '2026-11-24T12:00:00Z', actor = systemActor('importer') }: Job) => ({
  database: test.database,
  actor,
  now: new Date(at),
  newId: () => uuidv7(),
  requestId: uuidv7(),
})
const apply = (text: string, job: Job = {}) => runUseCase(importUseCases['imports.apply'], input(text, job), run(job))
const preview = (text: string, job: Job = {}) =>
  runUseCase(importUseCases['imports.preview'], input(text, job), run(job))

async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof DomainError) return error
  throw new Error(`Expected a refusal, got ${String(error)}`)
}

/** Everything the registry holds that an import could have touched, without when it was last seen. */
async function contents(): Promise<unknown> {
  const { prisma } = test.database
  const omit = { lastSeenAt: true } as const
  return await Promise.all([
    prisma.person.findMany({ omit, orderBy: { id: 'asc' } }),
    prisma.team.findMany({ omit, include: { memberships: true }, orderBy: { id: 'asc' } }),
    prisma.enforcementPoint.findMany({ omit, orderBy: { id: 'asc' } }),
    prisma.agent.findMany({ omit, orderBy: { id: 'asc' } }),
    prisma.tool.findMany({ omit, orderBy: { id: 'asc' } }),
    prisma.binding.findMany({ omit, include: { path: true }, orderBy: { id: 'asc' } }),
    prisma.delegation.findMany({ orderBy: { id: 'asc' } }),
    prisma.assignment.findMany({ orderBy: { id: 'asc' } }),
    prisma.contract.findMany({ orderBy: { id: 'asc' } }),
    prisma.attestation.findMany({ orderBy: { id: 'asc' } }),
    prisma.gapException.findMany({ orderBy: { id: 'asc' } }),
    prisma.gap.findMany({ orderBy: { id: 'asc' } }),
  ])
}

const header = 'apiVersion: pentarch/v1\nkind: Estate\n'
const estate = `${header}
people:
  - { id: ana, name: Ana Ruiz, email: ana@example.org, manager: ben }
  - { id: ben, name: Ben Okri }
teams:
  - { slug: iam, name: Identity, function: iam, members: [{ person: ana, role: lead }] }
  - { slug: crm-team, name: CRM, function: application, members: [{ person: ben }] }
enforcementPoints:
  - { slug: edge, name: Edge gateway, kind: gateway, team: iam }
  - { slug: crm-app, name: CRM application, kind: application, independentPrivileges: 'yes' }
agents:
  - { slug: support-bot, name: Support bot, purpose: Answers, sponsor: ana, lifecycle: active,
      identity: { primitive: workload_identity, id: 'spiffe://example.org/bot' }, decisionLog: { source: siem, lastSeen: 2026-11-01T00:00:00Z } }
  - { slug: planner, name: Planner }
tools:
  - { slug: crm, name: CRM, application: crm-app, actions: [{ name: erase, destructive: 'yes' }] }
bindings:
  - { agent: support-bot, tool: crm, state: active, intent: { text: Look up, approvedBy: ana, approvedAt: 2026-05-01 }, actions: [read],
      credential: { type: short_lived, lifetime: PT15M }, allowlist: { present: true, reviewedAt: 2026-06-01, reviewedBy: ben },
      path: [{ point: edge, mode: enforces }, { point: crm-app, mode: trusts_upstream }], certifiedAt: 2026-10-01 }
delegations: [{ from: planner, to: support-bot, scope: tickets }]
owners:
  - { layer: identity, scope: organisation, team: iam, person: ana, state: accepted, since: 2026-01-01 }
  - { layer: enforcement, scope: tool, subject: crm, team: crm-team }
  - { layer: monitoring, scope: binding, subject: support-bot/crm@production, team: iam, state: accepted }
  - { layer: privilege, scope: tool, subject: crm, team: iam, state: declined }
  - { layer: entitlement, scope: agent, subject: support-bot, team: iam, state: ended, since: 2026-01-01 }
contracts: [{ tool: crm, version: 1, state: in_force, author: crm-team, signedOffBy: { person: ana, team: iam }, limits: { actions: [read] } }]
attestations: [{ point: crm-app, tool: crm, contractVersion: 1, at: 2026-10-01T00:00:00Z, by: ana }]
exceptions: [{ rule: boundary-missing, subject: support-bot/crm@production, reason: Migration, approver: ana, expires: 2027-01-31 }]
`
const all = {
  people: 2,
  teams: 2,
  enforcementPoints: 2,
  agents: 2,
  tools: 1,
  bindings: 1,
  delegations: 1,
  owners: 5,
  contracts: 1,
  attestations: 1,
  exceptions: 1,
}
const none = Object.fromEntries(Object.keys(all).map((collection) => [collection, 0]))

describe('imports.apply', () => {
  it('creates the whole estate, once: the same file again changes nothing', async () => {
    const first = await apply(estate)
    expect(first).toMatchObject({ created: all, updated: none, errors: [], conflicts: 0 })
    const before = await contents()
    const second = await apply(estate, { at: '2026-11-25T12:00:00Z' })
    expect(second).toMatchObject({
      created: none,
      updated: none,
      unchanged: all,
      missing: none,
      conflicts: 0,
      changes: [],
    })
    expect(await contents()).toEqual(before)
    const seen = await test.database.prisma.binding.findFirstOrThrow()
    expect(seen).toMatchObject({
      source: 'estate',
      risk: 'high',
      lastSeenAt: new Date('2026-11-25T12:00:00Z'),
      version: 1,
    })
    expect(await rebuildCells(test.database, new Date('2026-11-25T12:00:00Z'))).toMatchObject({ cells: 0 })
  })

  it('writes one audit event and one run for everything in it', async () => {
    const { id } = await apply(estate)
    expect(await test.database.prisma.auditEvent.findMany()).toMatchObject([
      { action: 'imports.apply', subjectType: 'import', subjectId: id, actorName: 'importer' },
    ])
    const page = await runUseCase(importUseCases['imports.list'], {}, run({}))
    expect(page.rows).toMatchObject([{ id, kind: 'estate', files: ['estate.yaml'], summary: { created: all } }])
    const one = await runUseCase(importUseCases['imports.get'], { id }, run({}))
    expect(one.changes).toHaveLength(19)
    expect(one.changes[0]).toMatchObject({
      entity: 'people',
      key: 'ana',
      action: 'create',
      at: { file: 'estate.yaml', line: 5 },
    })
  })

  it('updates what the file says and leaves what it is silent on', async () => {
    await apply(estate)
    const report = await apply(`${header}agents: [{ slug: support-bot, name: Helper }]\n`)
    expect(report.updated).toEqual({ ...none, agents: 1 })
    expect(report.changes).toMatchObject([
      {
        entity: 'agents',
        key: 'support-bot',
        action: 'update',
        fields: [{ field: 'name', from: 'Support bot', to: 'Helper' }],
      },
    ])
    const agent = await test.database.prisma.agent.findUniqueOrThrow({ where: { slug: 'support-bot' } })
    expect(agent).toMatchObject({
      name: 'Helper',
      purpose: 'Answers',
      identityId: 'spiffe://example.org/bot',
      version: 2,
    })
  })

  it('deletes nothing: what an earlier file held is reported as missing', async () => {
    await apply(estate)
    const report = await apply(`${header}people: [{ id: ana, name: Ana Ruiz }]\n`)
    expect(report.missing).toMatchObject({ people: 1, teams: 2, agents: 2, bindings: 1, owners: 3, delegations: 1 })
    expect(report.missingNames.people).toEqual(['ben'])
    expect(await test.database.prisma.person.count()).toBe(2)
    const other = await apply('id,name,email\ncy,Cy,cy@example.org\n', { kind: 'csv', name: 'people.csv' })
    expect(other.missing).toEqual(none)
  })

  it('keeps what a person has edited, and says so', async () => {
    await apply(estate)
    await test.database.prisma.agent.update({
      where: { slug: 'support-bot' },
      data: { purpose: 'Answers calmly', editedFields: ['purpose'], version: 2 },
    })
    const report = await apply(estate.replace('Support bot', 'Helper'))
    expect(report).toMatchObject({ conflicts: 1, updated: { agents: 1 } })
    expect(report.warnings[0]).toMatchObject({ file: 'estate.yaml', line: 14, field: 'agents[0].purpose' })
    expect(report.changes).toContainEqual(
      expect.objectContaining({
        action: 'conflict',
        fields: [{ field: 'purpose', from: 'Answers calmly', to: 'Answers' }],
      }),
    )
    const agent = await test.database.prisma.agent.findUniqueOrThrow({ where: { slug: 'support-bot' } })
    expect(agent).toMatchObject({ name: 'Helper', purpose: 'Answers calmly' })
  })

  it('makes active what the file calls active, and names the layers that nobody owns there', async () => {
    const critical = estate.replace('state: active, intent', 'state: active, risk: critical, intent')
    expect((await apply(critical)).warnings).toEqual([
      {
        file: 'estate.yaml',
        line: 20,
        field: 'bindings[0]',
        message:
          'The binding "support-bot/crm@production" (critical risk) is active, and nobody owns Entitlement, Privilege',
      },
    ])
    expect((await apply(critical)).warnings).toEqual([])
    const many = Array.from(
      { length: 150 },
      (_, index) => `{ agent: planner, tool: crm, environment: e${index}, state: active }`,
    )
    const { warnings } = await apply(`${header}bindings: [${many.join(', ')}]\n`)
    expect(warnings).toHaveLength(100)
    expect(warnings.at(-1)).toMatchObject({ message: '51 more bindings are active with a layer that nobody owns' })
  })

  it('revokes with an agent or tool what it could reach, and shows so before', async () => {
    await apply(estate)
    await apply(`${header}bindings: [{ agent: planner, tool: crm, state: approved }]\n`)
    await test.database.prisma.binding.updateMany({ data: { editedFields: ['state'] } })
    const retired = `${header}agents: [{ slug: support-bot, name: Support bot, lifecycle: retired }]\n`
    const shown = await preview(retired)
    expect(shown.updated).toEqual({ ...none, agents: 1, bindings: 1 })
    expect(shown.changes[1]).toEqual({
      entity: 'bindings',
      key: 'support-bot/crm@production',
      action: 'update',
      fields: [{ field: 'state', from: 'active', to: 'revoked' }],
      at: { file: 'estate.yaml', line: 3 },
    })
    const { id: _, ...applied } = await apply(retired)
    expect(applied).toEqual(shown)
    const states = async () =>
      (await test.database.prisma.binding.findMany({ orderBy: { slug: 'asc' } })).map(({ state }) => state)
    expect(await states()).toEqual(['approved', 'revoked'])

    // A file that still calls the access active does not bring it back.
    const again = await apply(
      `${header}tools: [{ slug: crm, name: CRM, lifecycle: retired }]
bindings: [{ agent: planner, tool: crm, state: approved }, { agent: support-bot, tool: crm, state: active }]\n`,
    )
    expect(again.warnings.map(({ line, field }) => [line, field])).toEqual([
      [4, 'bindings[0].state'],
      [4, 'bindings[1].state'],
    ])
    expect(again.updated).toEqual({ ...none, tools: 1, bindings: 1 })
    expect(await states()).toEqual(['revoked', 'revoked'])
    expect(await test.database.prisma.gap.count({ where: { state: 'open', subjectSlug: 'crm' } })).toBe(0)
    expect(await rebuildCells(test.database, new Date('2026-11-24T12:00:00Z'))).toMatchObject({ cells: 0 })
  })

  it('ends an owner for another, and keeps one that was set by hand', async () => {
    await apply(estate)
    const moved = estate.replace('subject: crm, team: crm-team', 'subject: crm, team: iam, state: accepted')
    expect((await apply(moved, { at: '2026-11-25T12:00:00Z' })).updated.owners).toBe(1)
    const where = { layer: 'enforcement' }
    const owners = await test.database.prisma.assignment.findMany({ where, orderBy: { validFrom: 'asc' } })
    expect(owners).toMatchObject([
      { state: 'ended', validTo: new Date('2026-11-25T12:00:00Z') },
      {
        state: 'accepted',
        validFrom: new Date('2026-11-25T12:00:00Z'),
        replacesId: owners[0]?.id,
        decidedBy: 'estate file',
      },
    ])
    await test.database.prisma.assignment.update({ where: { id: String(owners[1]?.id) }, data: { source: 'person' } })
    expect(await apply(estate, { at: '2026-11-26T12:00:00Z' })).toMatchObject({ conflicts: 1, updated: { owners: 0 } })
    expect(await rebuildCells(test.database, new Date('2026-11-26T12:00:00Z'))).toMatchObject({ cells: 0 })
  })
})

describe('a refused import', () => {
  const broken: [string, string, string, RegExp][] = [
    [
      'a sponsor nobody knows',
      'agents: [{ slug: a, name: A, sponsor: anna }]',
      'estate.yaml:3 agents[0].sponsor',
      /no person "anna"/,
    ],
    [
      'a near miss',
      'bindings: [{ agent: suport-bot, tool: crm }]',
      'estate.yaml:3 bindings[0].agent',
      /did you mean "support-bot"/,
    ],
    [
      'a member nobody knows',
      'teams: [{ slug: t, name: T, members: [{ person: zz }] }]',
      'estate.yaml:3 teams[0].members[0].person',
      /no person "zz"/,
    ],
    [
      'a point nobody knows',
      'bindings: [{ agent: planner, tool: crm, path: [{ point: x }] }]',
      'estate.yaml:3 bindings[0].path[0].point',
      /no enforcement point "x"/,
    ],
    [
      'an owner of nothing',
      'owners: [{ layer: identity, scope: binding, subject: planner/crm@test, team: iam }]',
      'estate.yaml:3 owners[0].subject',
      /no binding/,
    ],
    [
      'a cycle through the registry',
      'people: [{ id: ben, name: Ben, manager: ana }]',
      'estate.yaml:3 people[0].manager',
      /cycle: .*ana.*ben|cycle: .*ben.*ana/,
    ],
    [
      'an attestation of no contract',
      'attestations: [{ point: crm-app, tool: crm, contractVersion: 9, at: 2026-10-01 }]',
      'estate.yaml:3 attestations[0].contractVersion',
      /no contract "crm@v9"/,
    ],
    [
      'an exception for nothing',
      'exceptions: [{ rule: intent-missing, subject: nowhere, reason: Because, approver: ana, expires: 2027-01-01 }]',
      'estate.yaml:3 exceptions[0].subject',
      /nowhere/,
    ],
    [
      'a second contract in force',
      'contracts: [{ tool: crm, version: 2, state: in_force }]',
      'estate.yaml:3 contracts[0].state',
      /Version 1 .* is in force in the registry; say here that it is superseded/,
    ],
    [
      'an exception from a mistyped rule',
      'exceptions: [{ rule: intend-missing, subject: planner, reason: Because, approver: ana, expires: 2027-01-01 }]',
      'estate.yaml:3 exceptions[0].rule',
      /no rule "intend-missing"; did you mean "intent-missing"/,
    ],
    [
      'a state it cannot come to',
      'agents: [{ slug: support-bot, name: S, lifecycle: proposed }]',
      'estate.yaml:3 agents[0].lifecycle',
      /active cannot become proposed/,
    ],
    [
      'other limits of a signed contract',
      'contracts: [{ tool: crm, version: 1, limits: { actions: [write] } }]',
      'estate.yaml:3 contracts[0].limits',
      /new version/,
    ],
    [
      'enforcement for the organisation',
      'owners: [{ layer: enforcement, scope: organisation, team: iam }]',
      'estate.yaml:3 owners[0].scope',
      /front door/,
    ],
    ['an unknown key', 'agents: [{ slug: a, name: A, nmae: B }]', 'estate.yaml:3 agents[0].nmae', /Unknown key/],
  ]
  it('names file, line and field, changes nothing, and is shown by the preview', async () => {
    await apply(estate)
    const before = await contents()
    for (const [title, text, field, message] of broken) {
      // What is right in the same file is not imported either.
      const file = `${header}${text}\ndelegations: [{ from: support-bot, to: planner }]\n`
      const error = await refusal(apply(file))
      expect(error.code, title).toBe('invalid_input')
      expect(error.fields[0]?.field, title).toBe(field)
      expect(error.fields[0]?.message, title).toMatch(message)
      const shown = await preview(file)
      expect(shown.errors[0]?.message, title).toMatch(message)
    }
    expect(await contents()).toEqual(before)
    expect(await test.database.prisma.importRun.count()).toBe(1)
  })

  it('leaves nothing behind when a row in the middle cannot be stored', async () => {
    await test.database.pool.query(
      `ALTER TABLE binding ADD CONSTRAINT test_fault CHECK (slug <> 'support-bot/crm@production')`,
    )
    await refusal(apply(estate))
    expect(await test.database.prisma.person.count()).toBe(0)
    expect(await test.database.prisma.importRun.count()).toBe(0)
  })

  it('says so for files that are too large, too many or no files', async () => {
    const big = 'x'.repeat(28 * 1024 * 1024)
    const file = { name: 'a', contentBase64: big }
    const call = (files: { name: string; contentBase64: string }[]) =>
      refusal(runUseCase(importUseCases['imports.preview'], { kind: 'estate', files }, run({})))
    expect((await call([file])).code).toBe('invalid_input')
    expect((await call([{ name: 'a', contentBase64: '*' }])).code).toBe('invalid_input')
    expect((await call([])).code).toBe('invalid_input')
    expect((await call(Array.from({ length: 1001 }, () => ({ name: 'a', contentBase64: '' })))).code).toBe(
      'invalid_input',
    )
    const member: Actor = { ...systemActor('m'), kind: 'account', id: uuidv7(), role: 'member' }
    expect((await refusal(preview(estate, { actor: member }))).code).toBe('forbidden')
  })
})

describe('imports.preview', () => {
  it('shows what applying will do, and does nothing', async () => {
    const shown = await preview(estate)
    expect(await test.database.prisma.person.count()).toBe(0)
    const { id: _, ...applied } = await apply(estate)
    expect({ ...applied, warnings: [] }).toEqual(shown)
  })
})

describe('each kind of source', () => {
  const sample = path.join(import.meta.dirname, '../../prisma/sample/inputs')
  const kinds: [ImportKind, keyof typeof all][] = [
    ['a2a', 'agents'],
    ['mcp-registry', 'tools'],
    ['mcp-tools', 'tools'],
    ['backstage', 'tools'],
  ]
  it.each(kinds)('%s imports, and changes nothing the second time', async (kind, collection) => {
    const folder = path.join(sample, kind)
    const files = readdirSync(folder).map((name) => ({
      name,
      contentBase64: readFileSync(path.join(folder, name)).toString('base64'),
    }))
    const first = await runUseCase(importUseCases['imports.apply'], { kind, files }, run({}))
    expect(first.created[collection]).toBeGreaterThan(0)
    const before = await contents()
    const second = await runUseCase(
      importUseCases['imports.apply'],
      { kind, files },
      run({ at: '2026-11-25T12:00:00Z' }),
    )
    expect(second).toMatchObject({ created: none, updated: none, missing: none, changes: [] })
    expect(await contents()).toEqual(before)
    const lifecycles = await test.database.prisma.agent.groupBy({ by: 'lifecycle' })
    expect(lifecycles.every(({ lifecycle }) => lifecycle === 'discovered')).toBe(true)
    const states = await test.database.prisma.assignment.groupBy({ by: 'state' })
    expect(states.every(({ state }) => state === 'proposed')).toBe(true)
  })

  it('a CSV of bindings and their owners', async () => {
    await apply(estate)
    const csv = 'agent,tool,environment,risk,privilege\nplanner,crm,test,low,iam\n'
    const report = await apply(csv, { kind: 'csv', name: 'bindings.csv' })
    expect(report.created).toMatchObject({ bindings: 1, owners: 1 })
    expect((await apply(csv, { kind: 'csv', name: 'bindings.csv' })).changes).toEqual([])
  })
})
