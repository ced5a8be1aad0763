import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach } from 'vitest'
import { type Actor, systemActor } from '@/lib/access/model'
import { syncReferenceData } from '@/lib/db/reference'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { DomainError } from '@/lib/use-cases/errors'
import { runUseCase } from '@/lib/use-cases/run'
import type { ImportKind } from '../model'
import { importUseCases } from '../service'

interface Job {
  kind?: ImportKind
  name?: string
  at?: string
  actor?: Actor
}

/** A database of its own for each test of a file, and imports into it. */
export function importing() {
  let test: TestDatabase
  beforeEach(async () => {
    test = await createTestDatabase()
    await syncReferenceData(test.database)
  })
  afterEach(() => test.drop())

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
  return {
    database: () => test.database,
    run,
    apply: (text: string, job: Job = {}) => runUseCase(importUseCases['imports.apply'], input(text, job), run(job)),
    preview: (text: string, job: Job = {}) => runUseCase(importUseCases['imports.preview'], input(text, job), run(job)),
    contents: () => contentsOf(test),
  }
}

/** What an import is refused with. */
export async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof DomainError) return error
  throw new Error(`Expected a refusal, got ${String(error)}`)
}

/** Everything the registry holds that an import could have touched, without when it was last seen. */
async function contentsOf(test: TestDatabase): Promise<unknown> {
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
    prisma.assignment.findMany({ include: { deputies: true }, orderBy: { id: 'asc' } }),
    prisma.contract.findMany({ orderBy: { id: 'asc' } }),
    prisma.attestation.findMany({ orderBy: { id: 'asc' } }),
    prisma.parityRun.findMany({ include: { answers: true }, orderBy: { id: 'asc' } }),
    prisma.gapException.findMany({ orderBy: { id: 'asc' } }),
    prisma.gap.findMany({ orderBy: { id: 'asc' } }),
  ])
}

export const header = 'apiVersion: pentarch/v1\nkind: Estate\n'
/** A small estate with something of everything. */
export const estate = `${header}
people:
  - { id: ana, name: Ana Ruiz, email: ana@example.org, manager: ben }
  - { id: ben, name: Ben Okri }
teams:
  - { slug: iam, name: Identity, function: iam, members: [{ person: ana, role: lead }] }
  - { slug: crm-team, name: CRM, function: application, members: [{ person: ben }] }
enforcementPoints:
  - { slug: edge, name: Edge gateway, kind: gateway, team: iam }
  - { slug: crm-app, name: CRM application, kind: application, independentPrivileges: 'yes', decisionEndpoint: 'https://pdp.example.org' }
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
  - { layer: identity, scope: organisation, team: iam, person: ana, deputies: [ben], state: accepted, since: 2026-01-01 }
  - { layer: enforcement, scope: tool, subject: crm, team: crm-team }
  - { layer: monitoring, scope: binding, subject: support-bot/crm@production, team: iam, state: accepted }
  - { layer: privilege, scope: tool, subject: crm, team: iam, state: declined }
  - { layer: entitlement, scope: agent, subject: support-bot, team: iam, state: ended, since: 2026-01-01 }
contracts: [{ tool: crm, version: 1, state: in_force, author: crm-team, signedOffBy: { person: ana, team: iam }, limits: { actions: [read] } }]
attestations: [{ point: crm-app, tool: crm, contractVersion: 1, at: 2026-10-01T00:00:00Z, by: ana }]
parityRuns:
  - { tool: crm, contractVersion: 1, at: 2026-10-02T00:00:00Z, answers: [
      { point: edge, vector: reads, expected: true, error: no answer within 5 s }, { point: crm-app, vector: reads, expected: true, decision: true },
      { point: crm-app, vector: erases, expected: false, decision: true }] }
exceptions: [{ rule: boundary-missing, subject: support-bot/crm@production, reason: Migration, approver: ana, expires: 2027-01-31 }]
`
/** How many entities of each kind the estate holds. */
export const all = {
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
  parityRuns: 1,
  exceptions: 1,
}
export const none = Object.fromEntries(Object.keys(all).map((collection) => [collection, 0]))
