import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importUseCases } from '@/lib/importers/service'
import { outboundUseCases } from '@/lib/outbound/service'
import { endpointUseCases } from '@/lib/registry/points/endpoint'
import { pointUseCases } from '@/lib/registry/points/service'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { type DecisionPointServer, startDecisionPoint } from '@/scripts/decision-points/server'
import { recheckSamples } from '../decision-log/recheck'
import { decisionLogUseCases } from '../decision-log/service'
import { performRun } from './run'
import { parityUseCases, recordRun } from './service'

const policyOf = (slug: string) => readFileSync(path.join('scripts', 'decision-points', `${slug}.cedar`), 'utf8')
const claim = (status: string) => ({ type: 'claim', id: 'KB-1', properties: { region: 'north', status } })
const reader = { type: 'agent', id: 'reader', properties: { region: 'north' } }
const vectors = [
  {
    name: 'A closed claim is read',
    subject: reader,
    action: { name: 'read' },
    resource: claim('closed'),
    decision: true,
  },
  {
    name: 'A closed claim is not annotated',
    subject: reader,
    action: { name: 'annotate' },
    resource: claim('closed'),
    decision: false,
  },
]
const estate = (limits: object) => ({
  apiVersion: 'pentarch/v1',
  kind: 'Estate',
  people: [{ id: 'ana', name: 'Ana' }],
  teams: [{ slug: 'claims', name: 'Claims', function: 'application', members: [{ person: 'ana', role: 'lead' }] }],
  agents: [{ slug: 'reader', name: 'Reader', sponsor: 'ana', lifecycle: 'active' }],
  enforcementPoints: [
    { slug: 'edge', name: 'Edge', kind: 'gateway' },
    { slug: 'core', name: 'Core', kind: 'application' },
  ],
  tools: [
    { slug: 'claims-api', name: 'Claims API', application: 'core' },
    { slug: 'other', name: 'Other' },
  ],
  bindings: [
    {
      agent: 'reader',
      tool: 'claims-api',
      state: 'active',
      path: [
        { point: 'edge', mode: 'enforces' },
        { point: 'core', mode: 'enforces' },
      ],
    },
  ],
  contracts: [{ tool: 'claims-api', version: 1, state: 'in_force', author: 'claims', limits }],
})

let registry: TestRegistry
const servers: DecisionPointServer[] = []
beforeEach(async () => {
  registry = await testRegistry()
  await load({ actions: ['read', 'annotate'], vectors })
})
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
  await registry.drop()
})

async function load(limits: object): Promise<void> {
  const contentBase64 = Buffer.from(JSON.stringify(estate(limits))).toString('base64')
  await registry.run(importUseCases['imports.apply'], {
    kind: 'estate',
    files: [{ name: 'estate.json', contentBase64 }],
  })
}

async function allowLoopback(): Promise<void> {
  const { version } = await registry.run(outboundUseCases['outbound.get'], {})
  await registry.run(outboundUseCases['outbound.update'], { version, allowedNetworks: ['127.0.0.0/8'] })
}

async function pointAt(slug: string, address: string): Promise<void> {
  const { version } = await registry.run(pointUseCases['points.get'], { slug })
  await registry.run(pointUseCases['points.update'], { slug, version, decisionEndpoint: address })
}

/** A decision point of its own for each point, whose policies may change while it runs. */
async function standUp(policies: { edge: string; core: string }, tokens: { core?: string } = {}) {
  for (const slug of ['edge', 'core'] as const) {
    const token = slug === 'core' ? tokens.core : undefined
    const server = await startDecisionPoint({ policies: () => policies[slug], ...(token !== undefined && { token }) })
    servers.push(server)
    await pointAt(slug, server.address)
  }
}

async function runNow() {
  const { id } = await registry.run(parityUseCases['parity.start'], { slug: 'claims-api' })
  await performRun(id, { database: registry.database, requestId: 'test', clock: registry.now })
  registry.wait(60)
  return await registry.run(parityUseCases['parity.get'], { id })
}

const parityGap = () =>
  registry.database.prisma.gap.findFirst({
    where: { rule: 'parity-broken', subjectSlug: 'claims-api', state: { not: 'resolved' } },
  })

describe('a parity run', () => {
  /** Agree → no gap; drift → the gap names the vector; fixed → it resolves. */
  it('finds the very vector in which a point drifts, and sees that it was mended', async () => {
    const policies = { edge: policyOf('edge-gateway'), core: policyOf('edge-gateway') }
    await allowLoopback()
    await standUp(policies)
    const agreeing = await runNow()
    expect(agreeing).toMatchObject({ state: 'finished', answers: { agrees: 4, disagrees: 0, no_answer: 0 } })
    expect(agreeing.asked.map(({ slug }) => slug)).toEqual(['edge', 'core'])
    expect(await parityGap()).toBeNull()

    policies.core = policyOf('claims-core')
    const drifted = await runNow()
    expect(drifted.answers).toEqual({ agrees: 3, disagrees: 1, no_answer: 0 })
    expect(drifted.vectors[1]?.answers.map((answer) => answer?.outcome)).toEqual(['agrees', 'disagrees'])
    expect((await parityGap())?.explanation).toContain('A closed claim is not annotated')

    policies.core = policyOf('edge-gateway')
    expect((await runNow()).answers.disagrees).toBe(0)
    expect(await parityGap()).toBeNull()
    expect(await registry.eventsOf(drifted.id)).toMatchObject([{ action: 'parity.start' }, { action: 'parity.record' }])
  })

  it('attests for the points that agree with everything, and for no other', async () => {
    await allowLoopback()
    await standUp({ edge: policyOf('edge-gateway'), core: policyOf('claims-core') })
    await runNow()
    const attested = await registry.database.prisma.attestation.findMany({ include: { point: true } })
    expect(attested.map(({ point, source }) => [point.slug, source])).toEqual([['edge', 'parity']])
  })

  it('never leaves the networks that an admin allows', async () => {
    await standUp({ edge: policyOf('edge-gateway'), core: policyOf('edge-gateway') })
    const run = await runNow()
    expect(run.answers).toEqual({ agrees: 0, disagrees: 0, no_answer: 4 })
    expect(run.vectors[0]?.answers[0]?.error).toMatch(/127\.0\.0\.1 is not a public address/)
  })

  it('keeps apart what one point does wrong: another answers all the same', async () => {
    await allowLoopback()
    await standUp({ edge: policyOf('edge-gateway'), core: 'this is no policy' })
    const run = await runNow()
    expect(run.asked.map(({ answers }) => answers)).toEqual([
      { agrees: 2, disagrees: 0, no_answer: 0 },
      { agrees: 0, disagrees: 0, no_answer: 2 },
    ])
    expect(run.vectors[1]?.answers[1]?.error).toMatch(/could not evaluate/)
  })

  it('is one at a time for a tool, and a run that was left behind does not block the next', async () => {
    await allowLoopback()
    await standUp({ edge: policyOf('edge-gateway'), core: policyOf('edge-gateway') })
    const { id } = await registry.run(parityUseCases['parity.start'], { slug: 'claims-api' })
    expect(await refusalOf(registry.run(parityUseCases['parity.start'], { slug: 'claims-api' }))).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('under way'),
    })
    registry.wait(180)
    expect((await runNow()).state).toBe('finished')
    expect(await registry.run(parityUseCases['parity.get'], { id })).toMatchObject({ state: 'failed' })
    const late = { id, points: [] }
    expect(await refusalOf(registry.run(recordRun, late))).toMatchObject({ code: 'wrong_state' })
  })

  it('says why there is nothing to ask', async () => {
    const start = () => refusalOf(registry.run(parityUseCases['parity.start'], { slug: 'claims-api' }))
    expect((await start()).message).toMatch(/AuthZEN address/)
    const other = await refusalOf(registry.run(parityUseCases['parity.start'], { slug: 'other' }))
    expect(other.message).toMatch(/No contract is in force/)
  })

  it('is recorded by nobody but Pentarch itself', async () => {
    registry.become(actorWith('admin'))
    expect(await refusalOf(registry.run(recordRun, { id: v7(), points: [] }))).toMatchObject({ code: 'forbidden' })
  })
})

describe('the credential of a point', () => {
  const token = 'a.token-of_its.own'
  const versionOf = async (slug: string) => (await registry.run(pointUseCases['points.get'], { slug })).version

  it('lets a run in, is sealed where it lies, and is never shown', async () => {
    await allowLoopback()
    await standUp({ edge: policyOf('edge-gateway'), core: policyOf('edge-gateway') }, { core: token })
    expect((await runNow()).asked[1]?.answers.no_answer).toBe(2)
    const set = { slug: 'core', version: await versionOf('core'), kind: 'bearer', token } as const
    await registry.run(endpointUseCases['points.credential'], set)
    expect((await runNow()).asked[1]?.answers.agrees).toBe(2)
    const point = await registry.run(pointUseCases['points.get'], { slug: 'core' })
    const row = await registry.database.prisma.enforcementPoint.findUniqueOrThrow({ where: { slug: 'core' } })
    const events = (await registry.eventsOf(point.id)).map(({ before, after }) => ({ before, after }))
    for (const kept of [point, row, events]) expect(JSON.stringify(kept)).not.toContain(token)
    expect(point.credentialKind).toBe('bearer')
  })

  it('is forgotten when the point moves to another host, which it was not meant for', async () => {
    await pointAt('core', 'https://pdp.example')
    await registry.run(endpointUseCases['points.credential'], {
      slug: 'core',
      version: await versionOf('core'),
      kind: 'bearer',
      token,
    })
    await pointAt('core', 'https://pdp.example/tenant')
    expect((await registry.run(pointUseCases['points.get'], { slug: 'core' })).credentialKind).toBe('bearer')
    await pointAt('core', 'https://elsewhere.example')
    expect((await registry.run(pointUseCases['points.get'], { slug: 'core' })).credentialKind).toBe('none')
  })

  it('is looked at before it is kept', async () => {
    await pointAt('core', 'https://pdp.example')
    const version = await versionOf('core')
    const refused = async (given: object) =>
      (
        await refusalOf(
          registry.run(endpointUseCases['points.credential'], { slug: 'core', version, kind: 'none', ...given }),
        )
      ).fields
    expect(await refused({ kind: 'bearer' })).toEqual(['token'])
    expect(await refused({ kind: 'bearer', token: 'two\r\nlines' })).toEqual(['token'])
    expect(await refused({ kind: 'none', token })).toEqual(['token'])
    const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
    const key = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'
    expect(await refused({ kind: 'mtls', certificate: pem, key })).toEqual(['certificate'])
  })
})

describe('a probe', () => {
  it('says where questions go, or why not, and nothing else of what came back', async () => {
    await allowLoopback()
    await standUp({ edge: policyOf('edge-gateway'), core: policyOf('edge-gateway') })
    const probe = () => registry.run(endpointUseCases['points.probe'], { slug: 'core' })
    expect(await probe()).toMatchObject({ problem: null, published: true })
    const leaky = createServer((_, response) => response.writeHead(500).end('secret of the inside'))
    await new Promise<void>((resolve) => leaky.listen(0, '127.0.0.1', resolve))
    const address = leaky.address()
    await pointAt('core', `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
    expect(await probe()).toEqual({
      problem: 'It answered with HTTP status 500.',
      published: false,
      evaluation: null,
      evaluations: null,
    })
    await new Promise((resolve) => leaky.close(resolve))
  })
})

describe('a decision log', () => {
  const allowed = (action: string, status: string) => ({
    ...{
      point: 'core',
      time: '2026-11-01T08:00:00Z',
      subject: reader,
      action: { name: action },
      resource: claim(status),
    },
    decision: true,
  })
  const send = (...decisions: Record<string, unknown>[]) =>
    registry.run(decisionLogUseCases['decisionLogs.record'], { decisions: JSON.parse(JSON.stringify(decisions)) })
  const contradictions = async () =>
    (await registry.run(parityUseCases['parity.tool'], { slug: 'claims-api' })).contradictions.rows.map(
      (row) => row.contradiction,
    )

  it('shows a decision that the contract contradicts, and when the agent was last seen', async () => {
    expect(await send(allowed('read', 'closed'), allowed('annotate', 'closed'), allowed('delete', 'open'))).toEqual({
      ...{ decisions: 3, agents: 1, contradictions: 2 },
    })
    expect((await contradictions()).sort()).toEqual([
      'It allowed the action "delete" on claim/KB-1, which is not among the actions of the contract.',
      'It allowed what the contract denies: "A closed claim is not annotated".',
    ])
    expect((await parityGap())?.explanation).toContain('It allowed')
    const agent = await registry.database.prisma.agent.findUniqueOrThrow({ where: { slug: 'reader' } })
    expect(agent).toMatchObject({
      decisionLogSource: 'Decision log of Core',
      decisionLogSeenAt: new Date('2026-11-01T08:00:00Z'),
    })
  })

  it('takes the later decision of the same question, in whatever order they come', async () => {
    await send(allowed('annotate', 'closed'))
    await send({ ...allowed('annotate', 'closed'), time: '2026-11-01T08:30:00Z', decision: false })
    await send({ ...allowed('annotate', 'closed'), time: '2026-11-01T08:10:00Z' })
    expect(await contradictions()).toEqual([])
    const agent = await registry.database.prisma.agent.findUniqueOrThrow({ where: { slug: 'reader' } })
    expect(agent.decisionLogSeenAt).toEqual(new Date('2026-11-01T08:30:00Z'))
  })

  it('is understood in OCSF as well', async () => {
    const event = {
      ...{
        class_uid: 6003,
        category_uid: 6,
        activity_id: 99,
        type_uid: 600399,
        severity_id: 1,
        time: 1_793_520_000_000,
      },
      metadata: { version: '1.8.0', product: { name: 'core' }, profiles: ['security_control'] },
      actor: { user: { uid: 'reader', type: 'agent' } },
      api: { operation: 'delete' },
      resources: [{ uid: 'KB-1', type: 'claim' }],
    }
    expect(await send({ ...event, action_id: 1 })).toMatchObject({ contradictions: 1 })
    expect(await send({ ...event, action_id: 2, time: 1_793_520_001_000 })).toMatchObject({ contradictions: 0 })
    expect(await contradictions()).toEqual([])
    expect(await refusalOf(send({ ...event, class_uid: 3004 }))).toMatchObject({ fields: ['decisions[0].class_uid'] })
    expect(await refusalOf(send(event))).toMatchObject({ fields: ['decisions[0].action_id'] })
  })

  it('is taken whole or not at all, and says of each entry what is wrong', async () => {
    const good = allowed('annotate', 'closed')
    const { fields } = await refusalOf(
      send(good, { ...good, decision: 'yes' }, { ...good, time: '2027-01-01T00:00:00Z' }),
    )
    expect(fields).toEqual(['decisions[1].decision', 'decisions[2].time'])
    const unknown = await refusalOf(
      send(
        good,
        { ...good, point: 'nowhere' },
        { ...good, subject: { type: 'agent', id: 'nobody' } },
        { ...good, point: 'edge' },
      ),
    )
    expect(unknown.fields).toEqual(['decisions[1].point', 'decisions[2].subject.id', 'decisions[3].tool'])
    expect(await contradictions()).toEqual([])
    expect(await refusalOf(send(...Array.from({ length: 1001 }, () => good)))).toMatchObject({ fields: ['decisions'] })
    const large = { ...good, context: { text: 'x'.repeat(7000) } }
    expect(await refusalOf(send(...Array.from({ length: 200 }, () => large)))).toMatchObject({ code: 'too_large' })
  })

  it('is held against the contract that comes into force later', async () => {
    await send(allowed('delete', 'open'))
    const { prisma } = registry.database
    const limits = { actions: ['read', 'annotate', 'delete'] }
    const contract = await prisma.contract.findFirstOrThrow()
    await prisma.contract.update({ where: { id: contract.id }, data: { limits } })
    const context = {
      db: registry.database,
      actor: actorWith('admin'),
      now: registry.now(),
      newId: v7,
      requestId: 'test',
    }
    await recheckSamples(context, contract.toolId)
    expect(await contradictions()).toEqual([])
  })
})
