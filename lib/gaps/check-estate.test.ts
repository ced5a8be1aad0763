import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { type Estate, estateSchema } from '@/lib/importers/estate/model'
import { checkEstate } from './check-estate'
import { impliedActiveSince, pictureFromEstate } from './estate-picture'
import { brief, days, now } from './testing/facts'

type Parts = Omit<z.input<typeof estateSchema>, 'apiVersion' | 'kind'>

const estateOf = (parts: Parts): Estate => estateSchema.parse({ apiVersion: 'pentarch/v1', kind: 'Estate', ...parts })
const iso = (instant: number) => new Date(instant).toISOString()

/** The estate of the format's documentation, complete and in order. */
const sound: Parts = {
  people: [{ id: 'ana', name: 'Ana Ruiz' }],
  teams: [
    { slug: 'iam', name: 'Identity', function: 'iam', members: [{ person: 'ana', role: 'lead' }] },
    { slug: 'crm-team', name: 'CRM team', members: [{ person: 'ana' }] },
    { slug: 'platform', name: 'Platform', members: [{ person: 'ana' }] },
  ],
  agents: [
    {
      slug: 'support-bot',
      name: 'Support bot',
      sponsor: 'ana',
      lifecycle: 'active',
      decisionLog: { source: 'siem', lastSeen: iso(now) },
    },
  ],
  enforcementPoints: [
    { slug: 'edge', name: 'Edge gateway', kind: 'gateway', team: 'platform', independentPrivileges: 'no' },
    { slug: 'crm-app', name: 'CRM server', kind: 'application', team: 'crm-team' },
  ],
  tools: [{ slug: 'crm', name: 'CRM', application: 'crm-app', independentPrivileges: 'yes' }],
  bindings: [
    {
      agent: 'support-bot',
      tool: 'crm',
      state: 'active',
      risk: 'high',
      intent: { text: 'Look up the caller', approvedBy: 'ana', approvedAt: '2026-05-01' },
      decisionMode: 'runtime',
      credential: { type: 'short_lived', lifetime: 'PT15M' },
      boundary: 'Reads the customer who is calling',
      path: [
        { point: 'edge', mode: 'enforces' },
        { point: 'crm-app', mode: 'enforces' },
      ],
      certifiedAt: '2026-10-01',
    },
  ],
  owners: [
    { layer: 'identity', scope: 'organisation', team: 'iam', person: 'ana', state: 'accepted' },
    { layer: 'entitlement', scope: 'agent', subject: 'support-bot', team: 'iam', state: 'accepted' },
    { layer: 'privilege', scope: 'tool', subject: 'crm', team: 'iam', state: 'accepted' },
    { layer: 'enforcement', scope: 'tool', subject: 'crm', team: 'crm-team', state: 'accepted', since: '2026-01-01' },
    { layer: 'monitoring', scope: 'binding', subject: 'support-bot/crm@production', team: 'iam' },
  ],
  contracts: [
    {
      tool: 'crm',
      version: 1,
      state: 'in_force',
      author: 'crm-team',
      signedOffBy: { person: 'ana', team: 'iam', at: '2026-05-01' },
      limits: { actions: ['read'] },
    },
  ],
  attestations: [
    { point: 'edge', tool: 'crm', contractVersion: 1, at: '2026-10-01' },
    { point: 'crm-app', tool: 'crm', contractVersion: 1, at: '2026-10-01' },
  ],
}
const check = (over: Parts) => checkEstate(estateOf({ ...sound, ...over }), now)
const found = (over: Parts) => brief(check(over).findings)
const [bot] = sound.agents ?? []
const [access] = sound.bindings ?? []
if (!bot || !access) throw new Error('The sound estate has an agent and a binding')

describe('checking an estate', () => {
  it('finds nothing in a sound one', () => {
    expect(check({})).toEqual({ findings: [], problems: [] })
  })

  it('finds nothing in an empty one', () => {
    expect(checkEstate(estateOf({}), now)).toEqual({ findings: [], problems: [] })
  })

  it.each<[string, Parts, string[]]>([
    [
      'layers without an owner',
      { owners: [] },
      [
        'agent:support-bot entitlement high [support-bot/crm@production]',
        'agent:support-bot identity high [support-bot/crm@production]',
        'agent:support-bot monitoring high [support-bot/crm@production]',
        'tool:crm enforcement high [support-bot/crm@production]',
        'tool:crm enforcement high [support-bot/crm@production]',
        'tool:crm privilege high [support-bot/crm@production]',
      ],
    ],
    [
      'a team without an active member',
      { teams: [...(sound.teams ?? []).slice(1), { slug: 'iam', name: 'Identity', function: 'iam' }] },
      [
        'assignment:entitlement:agent:support-bot entitlement high [support-bot/crm@production]',
        'assignment:identity:organisation: identity high [support-bot/crm@production]',
        'assignment:monitoring:binding:support-bot/crm@production monitoring high [support-bot/crm@production]',
        'assignment:privilege:tool:crm privilege high [support-bot/crm@production]',
      ],
    ],
    [
      'a person who left, as sponsor and accountable person',
      {
        people: [
          { id: 'ana', name: 'Ana Ruiz', status: 'left' },
          { id: 'ben', name: 'Ben Ito' },
        ],
        teams: (sound.teams ?? []).map((team) => ({ ...team, members: [{ person: 'ben' }] })),
      },
      [
        'agent:support-bot - high [support-bot/crm@production]',
        'assignment:identity:organisation: identity high [support-bot/crm@production]',
      ],
    ],
    [
      'a proposal older than 14 days',
      { owners: (sound.owners ?? []).map((owner) => ({ ...owner, state: 'proposed', since: iso(now - days(15)) })) },
      [
        'assignment:enforcement:tool:crm enforcement medium [support-bot/crm@production]',
        'assignment:entitlement:agent:support-bot entitlement medium [support-bot/crm@production]',
        'assignment:identity:organisation: identity medium [support-bot/crm@production]',
        'assignment:monitoring:binding:support-bot/crm@production monitoring medium [support-bot/crm@production]',
        'assignment:privilege:tool:crm privilege medium [support-bot/crm@production]',
      ],
    ],
    [
      'a declined owner',
      {
        owners: (sound.owners ?? []).map((owner) =>
          owner.layer === 'privilege' ? { ...owner, state: 'declined' } : owner,
        ),
      },
      [
        'assignment:privilege:tool:crm privilege medium [support-bot/crm@production]',
        'tool:crm privilege high [support-bot/crm@production]',
      ],
    ],
    [
      'enforcement owned by those who run the gateway',
      {
        owners: (sound.owners ?? []).map((owner) =>
          owner.layer === 'enforcement' ? { ...owner, team: 'platform' } : owner,
        ),
      },
      ['tool:crm enforcement high [support-bot/crm@production]'],
    ],
    [
      'an intent that nobody approved',
      { bindings: [{ ...access, intent: { text: 'Look up the caller' } }] },
      ['binding:support-bot/crm@production - high [support-bot/crm@production]'],
    ],
    [
      'a certification older than the cadence',
      { bindings: [{ ...access, certifiedAt: iso(now - days(91)) }] },
      ['binding:support-bot/crm@production - high [support-bot/crm@production]'],
    ],
    [
      'a certification from before it became active',
      { bindings: [{ ...access, activeSince: '2026-10-02' }] },
      ['binding:support-bot/crm@production - high [support-bot/crm@production]'],
    ],
    [
      'an agent that nobody adopted',
      { agents: [{ ...bot, lifecycle: 'discovered' }] },
      ['agent:support-bot - high [support-bot/crm@production]'],
    ],
  ])('finds %s', (_, over, findings) => {
    expect(found(over)).toEqual(findings)
  })
})

describe('what is retired', () => {
  it.each<[string, Parts]>([
    ['an agent', { agents: [{ slug: 'support-bot', name: 'Support bot', sponsor: 'ana', lifecycle: 'retired' }] }],
    ['a tool', { tools: [{ slug: 'crm', name: 'CRM', application: 'crm-app', lifecycle: 'retired' }] }],
  ])('%s: what it could reach counts as revoked, as in the registry', (_, over) => {
    const { bindings } = pictureFromEstate(estateOf({ ...sound, ...over }), now)
    expect([...bindings.values()].map(({ state }) => state)).toEqual(['revoked'])
  })
})

describe('what an estate does not say', () => {
  const minimal = estateOf({
    people: [{ id: 'ana', name: 'Ana Ruiz' }],
    teams: [{ slug: 'iam', name: 'Identity' }],
    agents: [{ slug: 'bot', name: 'Bot' }],
    enforcementPoints: [{ slug: 'app', name: 'App', kind: 'application' }],
    tools: [{ slug: 'crm', name: 'CRM' }],
    bindings: [{ agent: 'bot', tool: 'crm' }],
    owners: [{ layer: 'identity', scope: 'agent', subject: 'bot', team: 'iam' }],
  })

  it('takes the defaults of the registry', () => {
    const picture = pictureFromEstate(minimal, now)
    expect(picture.people.get('ana')?.status).toBe('active')
    expect(picture.teams.get('iam')).toMatchObject({ status: 'active', hasActiveMember: false })
    expect(picture.agents.get('bot')).toMatchObject({ lifecycle: 'proposed', autonomy: 'supervised', sponsorId: null })
    expect(picture.points.get('app')).toMatchObject({ teamId: null, independentPrivileges: 'unknown' })
    expect(picture.tools.get('crm')).toMatchObject({ lifecycle: 'active', independentPrivileges: 'unknown' })
    expect(picture.bindings.get('bot/crm@production')).toMatchObject({
      state: 'requested',
      risk: 'medium',
      activeSince: null,
      decisionMode: 'static',
      credentialType: 'long_lived',
      credentialLifetimeSeconds: null,
      path: [],
    })
    expect(picture.assignments.get('identity:agent:bot')).toMatchObject({
      state: 'proposed',
      validFrom: now,
      proposedAt: now,
      validTo: null,
    })
  })

  it('takes an approver without a date for an approval', () => {
    const bindings = [{ ...access, intent: { text: 'Look up the caller', approvedBy: 'ana' } }]
    expect(found({ bindings })).toEqual([])
  })

  it('takes a certification for one of the access as it is', () => {
    expect(impliedActiveSince(null, now)).toBe(now)
    expect(impliedActiveSince(now - days(3), now)).toBe(now - days(3))
    expect(impliedActiveSince(now + days(3), now)).toBe(now)
  })

  it('reads lifetimes in seconds', () => {
    const picture = pictureFromEstate(estateOf(sound), now)
    expect(picture.bindings.get('support-bot/crm@production')?.credentialLifetimeSeconds).toBe(900)
  })
})

describe('names that lead nowhere', () => {
  it('are told with their place, and the rest is still checked', () => {
    const { findings, problems } = check({
      people: [{ id: 'ana', name: 'Ana Ruiz', manager: 'nobody' }],
      agents: [{ ...bot, sponsor: 'nobody' }],
      bindings: [
        { ...access, path: [{ point: 'no-point' }, { point: 'crm-app' }] },
        { ...access, tool: 'no-tool' },
      ],
      owners: [
        ...(sound.owners ?? []),
        { layer: 'identity', scope: 'agent', subject: 'no-agent', team: 'iam' },
        { layer: 'identity', scope: 'tool', subject: 'crm', team: 'no-team' },
      ],
      delegations: [{ from: 'support-bot', to: 'no-agent' }],
      attestations: [{ point: 'crm-app', tool: 'crm', contractVersion: 3, at: '2026-10-01' }],
    })
    expect(
      problems.map(({ collection, index, field, message }) => `${collection}[${index}].${field}: ${message}`),
    ).toEqual([
      'people[0].manager: This estate has no person "nobody"',
      'agents[0].sponsor: This estate has no person "nobody"',
      'bindings[0].path[0].point: This estate has no enforcement point "no-point"',
      'bindings[1].tool: This estate has no tool "no-tool"',
      'delegations[0].to: This estate has no agent "no-agent"',
      'owners[5].subject: This estate has no agent "no-agent"',
      'owners[6].team: This estate has no team "no-team"',
      'attestations[0].contractVersion: This estate has no contract "crm@v3"',
    ])
    expect(brief(findings)).toEqual(['agent:support-bot - high [support-bot/crm@production]'])
  })

  it('include what is described twice; the first description counts', () => {
    const { findings, problems } = check({ agents: [bot, { ...bot, lifecycle: 'discovered' }] })
    expect(problems).toEqual([
      {
        collection: 'agents',
        index: 1,
        field: null,
        message: 'The agent "support-bot" is described twice; the first description counts',
      },
    ])
    expect(findings).toEqual([])
  })
})
