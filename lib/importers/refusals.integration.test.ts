import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { type Actor, systemActor } from '@/lib/access/model'
import { runUseCase } from '@/lib/use-cases/run'
import { importUseCases } from './service'
import { estate, header, importing, refusal } from './testing/registry'

const { apply, preview, contents, run, database } = importing()

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
    expect(await database().prisma.importRun.count()).toBe(1)
  })

  it('leaves nothing behind when a row in the middle cannot be stored', async () => {
    await database().pool.query(
      `ALTER TABLE binding ADD CONSTRAINT test_fault CHECK (slug <> 'support-bot/crm@production')`,
    )
    await refusal(apply(estate))
    expect(await database().prisma.person.count()).toBe(0)
    expect(await database().prisma.importRun.count()).toBe(0)
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
