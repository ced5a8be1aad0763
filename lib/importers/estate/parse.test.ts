import { describe, expect, it } from 'vitest'
import { errorLines, textFile } from '../testing'
import { importEstate } from './parse'

const head = 'apiVersion: pentarch/v1\nkind: Estate\n'
const parse = (body: string, name = 'estate.yaml') => importEstate([textFile(name, head + body)])

/** The example of the published format, every collection and nearly every key. */
const whole = `people: [{ id: ana, name: Ana Ruiz, email: ana@example.org, status: active, manager: ben }]
teams: [{ slug: iam, name: Identity, function: iam, status: active, contact: iam@example.org, members: [{ person: ana, role: lead }] }]
agents:
  - { slug: support-bot, name: Support bot, purpose: Answers tickets, sponsor: ana, autonomy: supervised, environment: production, lifecycle: active,
      identity: { primitive: workload_identity, id: spiffe://example.org/support-bot }, decisionLog: { source: siem, lastSeen: 2026-11-01T00:00:00Z } }
enforcementPoints: [{ slug: edge, name: Edge gateway, kind: gateway, team: platform, independentPrivileges: no }]
tools: [{ slug: crm, name: CRM, kind: api, classification: confidential, independentPrivileges: yes, application: crm-app }]
bindings:
  - { agent: support-bot, tool: crm, environment: production, state: active, intent: { text: Look up the caller, approvedBy: ana, approvedAt: 2026-05-01 },
      actions: [read], risk: high, decisionMode: runtime, credential: { type: short_lived, lifetime: PT15M }, boundary: read-only role crm_reader,
      allowlist: { present: true, reviewedAt: 2026-06-01, reviewedBy: ana },
      path: [{ point: edge, mode: enforces }, { point: crm-app, mode: trusts_upstream }], certifiedAt: 2026-10-01 }
delegations: [{ from: planner, to: support-bot, scope: tickets }]
owners: [{ layer: identity, scope: organisation, team: iam, person: ana, state: accepted }, { layer: enforcement, scope: tool, subject: crm, team: crm-team, state: accepted, since: 2026-01-01 }]
contracts: [{ tool: crm, version: 1, state: in_force, author: crm-team, signedOffBy: { person: ana, team: iam }, limits: { actions: [read], maxCredentialLifetime: PT15M } }]
attestations: [{ point: crm-app, tool: crm, contractVersion: 1, at: 2026-10-01T00:00:00Z, by: ana }]
exceptions: [{ rule: boundary-missing, subject: support-bot/crm@production, reason: Migration, approver: ana, expires: 2027-01-31 }]
`

describe('importEstate', () => {
  it('reads every collection of the published format', () => {
    const parsed = parse(whole)
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.tools[0]?.independentPrivileges).toBe('yes')
    expect(parsed.estate.bindings[0]?.certifiedAt).toEqual(new Date('2026-10-01T00:00:00Z'))
    expect(parsed.estate.owners).toHaveLength(2)
    expect(parsed.positions.get('agents/0')).toMatchObject({ file: 'estate.yaml', line: 6 })
  })

  it('reads the same estate from JSON', () => {
    const { estate } = parse(whole)
    const again = importEstate([textFile('estate.json', JSON.stringify(estate))])
    expect(errorLines(again)).toEqual([])
    expect(again.estate).toEqual(estate)
  })

  it('merges the documents of one file and of several files', () => {
    const parsed = importEstate([
      textFile('a.yaml', `${head}people: [{ id: a, name: A }]\n---\n${head}people: [{ id: b, name: B }]\n---\n`),
      textFile('b.json', '{"apiVersion":"pentarch/v1","kind":"Estate","people":[{"id":"c","name":"C"}]}'),
    ])
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.people.map((person) => person.id)).toEqual(['a', 'b', 'c'])
    expect(parsed.positions.get('people/1')).toMatchObject({ file: 'a.yaml', line: 7 })
  })

  it.each<[what: string, body: string, errors: string[]]>([
    [
      'an unknown key, at its own line',
      'agents:\n  - slug: bot\n    name: Bot\n    sponser: ana\n',
      ['estate.yaml:6 agents[0].sponser: Unknown key "sponser"'],
    ],
    [
      'an unknown root key',
      'agent: []\n',
      [
        'estate.yaml:3 agent: Unknown key "agent"; an estate has people, teams, enforcementPoints, agents, tools, bindings, delegations, owners, contracts, attestations, parityRuns, exceptions',
      ],
    ],
    ['a missing name', 'agents:\n  - slug: bot\n', ['estate.yaml:4 agents[0].name: Missing']],
    [
      'a number for a name',
      'agents:\n  - slug: bot\n    name: 007\n',
      ['estate.yaml:5 agents[0].name: Expected text, found the number 7; put it in quotes'],
    ],
    [
      'an empty value',
      'agents:\n  - slug: bot\n    name:\n',
      ['estate.yaml:5 agents[0].name: Empty; give a value or leave the key out'],
    ],
    [
      'a word outside the vocabulary',
      'agents:\n  - slug: bot\n    name: Bot\n    autonomy: wild\n',
      ['estate.yaml:6 agents[0].autonomy: Expected one of assistive, supervised, autonomous'],
    ],
    [
      'true for yes',
      'tools:\n  - slug: crm\n    name: CRM\n    independentPrivileges: true\n',
      ['estate.yaml:6 tools[0].independentPrivileges: Expected one of yes, no, unknown'],
    ],
    [
      'a date that does not exist',
      'bindings:\n  - agent: a\n    tool: b\n    certifiedAt: 2026-02-30\n',
      ['estate.yaml:6 bindings[0].certifiedAt: Not a date (2026-11-01) or instant (2026-11-01T00:00:00Z)'],
    ],
    ['a mapping for a list', 'agents: {}\n', ['estate.yaml:3 agents: Expected a list']],
    ['text for an entity', 'agents: [bot]\n', ['estate.yaml:3 agents[0]: Expected a mapping of keys, found text']],
    [
      'a duplicate slug, naming both lines',
      'agents:\n  - { slug: bot, name: A }\n  - { slug: bot, name: B }\n',
      ['estate.yaml:5 agents[1]: The agent "bot" is already there on line 4'],
    ],
    [
      'a duplicate binding, the environment being production by default',
      'bindings:\n  - { agent: a, tool: b }\n  - { agent: a, tool: b, environment: production }\n',
      ['estate.yaml:5 bindings[1]: The binding "a/b@production" is already there on line 4'],
    ],
    [
      'two owners of one layer of one subject',
      'owners:\n  - { layer: identity, scope: agent, subject: a, team: x }\n  - { layer: identity, scope: agent, subject: a, team: y }\n',
      ['estate.yaml:5 owners[1]: The owner "identity:agent:a" is already there on line 4'],
    ],
    [
      'an organisation-wide owner of enforcement',
      'owners: [{ layer: enforcement, scope: organisation, team: x }]\n',
      [
        'estate.yaml:3 owners[0].scope: The layer enforcement has no owner for the whole organisation: the front door must not stand in for the application. Name its owner on the tool',
      ],
    ],
    [
      'an owner of nothing',
      'owners: [{ layer: identity, scope: agent, team: x }]\n',
      ['estate.yaml:3 owners[0].subject: Missing: say which agent is owned'],
    ],
    [
      'a binding owner that names a slug',
      'owners: [{ layer: identity, scope: binding, subject: a, team: x }]\n',
      ['estate.yaml:3 owners[0].subject: Name a binding as agent/tool@environment'],
    ],
    [
      'a cycle of managers, at everyone on it',
      'people:\n  - { id: a, name: A, manager: b }\n  - { id: b, name: B, manager: c }\n  - { id: c, name: C, manager: b }\n',
      [
        'estate.yaml:5 people[1].manager: Managers form a cycle: b → c → b',
        'estate.yaml:6 people[2].manager: Managers form a cycle: b → c → b',
      ],
    ],
    [
      'a person who manages themselves',
      'people: [{ id: a, name: A, manager: a }]\n',
      ['estate.yaml:3 people[0].manager: Managers form a cycle: a → a'],
    ],
    [
      'an agent that delegates to itself',
      'delegations: [{ from: a, to: a }]\n',
      ['estate.yaml:3 delegations[0].to: The agent "a" cannot delegate to itself'],
    ],
    [
      'a duplicate YAML key',
      'agents: []\nagents: []\n',
      ['estate.yaml:4 -: Not valid YAML: the key "agents" stands here twice'],
    ],
    [
      'a name with an invisible character',
      'people: [{ id: a, name: "A\\u200bB" }]\n',
      ['estate.yaml:3 people[0].name: Contains control or invisible characters; remove them'],
    ],
    [
      'two contracts of a tool in force',
      'contracts:\n  - { tool: crm, version: 1, state: in_force }\n  - { tool: erp, version: 1, state: in_force }\n  - { tool: crm, version: 2, state: in_force }\n',
      [
        'estate.yaml:6 contracts[2].state: Version 2 of the contract of "crm" is in force, and so is version 1 (estate.yaml, line 4); one of them is superseded',
      ],
    ],
    [
      'an exception from a mistyped rule',
      'exceptions: [{ rule: boundary-mising, subject: a/b@c, reason: Migration, approver: ana, expires: 2027-01-31 }]\n',
      ['estate.yaml:3 exceptions[0].rule: There is no rule "boundary-mising"; did you mean "boundary-missing"?'],
    ],
    [
      'a custom tag',
      'people: [{ id: a, name: !!js/function "x" }]\n',
      ['estate.yaml:3 -: Not valid here: Unresolved tag: tag:yaml.org,2002:js/function'],
    ],
  ])('refuses %s', (_what, body, errors) => {
    expect(errorLines(parse(body))).toEqual(errors)
  })

  it.each<[what: string, text: string, error: string]>([
    ['an empty file', '', 'x.yaml:1 -: The file is empty; an estate begins with "apiVersion: pentarch/v1"'],
    ['text', 'hello', 'x.yaml:1 -: Not an estate: expected a mapping that begins with "apiVersion: pentarch/v1"'],
    ['another kind', 'apiVersion: pentarch/v1\nkind: Other', 'x.yaml:2 kind: Expected "kind: Estate"'],
    [
      'a missing header',
      '\n\nkind: Estate',
      'x.yaml:3 apiVersion: "apiVersion: pentarch/v1" is missing; is this an estate file?',
    ],
    ['a NUL', `${head}a: "\u0000"`, 'x.yaml:3 -: Contains the control character U+0000; remove it'],
    ['deep flow nesting', `a: ${'['.repeat(100)}${']'.repeat(100)}`, 'x.yaml:1 -: Nested deeper than 64 levels'],
    ['absurdly deep flow nesting', '['.repeat(2_000_000), 'x.yaml:1 -: Nested deeper than 64 levels'],
    ['absurdly deep block nesting', '- '.repeat(2_000_000), 'x.yaml:1 -: Nested deeper than 64 levels'],
    [
      'an alias bomb',
      `${head}a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]\n`,
      'x.yaml:1 -: Aliases are used wrongly, or more than 100 times',
    ],
  ])('refuses %s', (_what, text, error) => {
    expect(errorLines(importEstate([textFile('x.yaml', text)]))[0]).toBe(error)
  })

  it('refuses bytes of another encoding at their line', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode(`${head}people: [{ id: a, name: Jos`), 0xe9, 0x7d, 0x5d])
    expect(errorLines(importEstate([{ name: 'x.yaml', bytes }]))).toEqual([
      'x.yaml:3 -: Not valid UTF-8 text; save the file as UTF-8',
    ])
  })

  it('finds the lines of aliased parts where they were written', () => {
    const parsed = parse('agents:\n  - &bot\n    slug: bot\n    name: Bot\n    colour: red\n')
    expect(errorLines(parsed)).toEqual(['estate.yaml:7 agents[0].colour: Unknown key "colour"'])
  })

  it('lists the rules to whoever names one that is like none', () => {
    const parsed = parse('exceptions: [{ rule: x, subject: a, reason: Why not, approver: ana, expires: 2027-01-31 }]\n')
    expect(parsed.errors[0]?.message).toMatch(/^There is no rule "x"\. Rules are layer-unowned, .*, exception-expired$/)
  })

  it('stops reporting at the limit and says how many more there are', () => {
    const parsed = parse(`agents:\n${'  - { slug: A }\n'.repeat(2000)}`)
    expect(parsed.errors).toHaveLength(1000)
    expect(parsed.errors.at(-1)?.message).toBe('3001 more like these')
  })
})
