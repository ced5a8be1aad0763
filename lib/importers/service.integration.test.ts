import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import { syncReferenceData } from '@/lib/db/reference'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { runUseCase } from '@/lib/use-cases/run'
import type { ImportKind } from './model'
import { importUseCases } from './service'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  await syncReferenceData(test.database)
})
afterAll(() => test.drop())

const runAt = (now: Date) => ({
  database: test.database,
  actor: systemActor('importer'),
  now,
  newId: () => uuidv7(),
  requestId: uuidv7(),
})
const apply = (kind: ImportKind, text: string, at = '2026-11-24T12:00:00Z', name = 'estate.yaml') =>
  runUseCase(
    importUseCases['imports.apply'],
    { kind, files: [{ name, contentBase64: Buffer.from(text).toString('base64') }] },
    runAt(new Date(at)),
  )

const estate = `
apiVersion: pentarch/v1
kind: Estate
people:
  - { id: ana, name: Ana Ruiz, email: ana@example.org, manager: ben }
  - { id: ben, name: Ben Okri }
teams:
  - { slug: iam, name: Identity, function: iam, members: [{ person: ana, role: lead }] }
  - { slug: crm-team, name: CRM, function: application, members: [{ person: ben }] }
enforcementPoints:
  - { slug: edge, name: Edge gateway, kind: gateway, team: iam }
  - { slug: crm-app, name: CRM application, kind: application }
agents:
  - { slug: support-bot, name: Support bot, sponsor: ana, lifecycle: active, identity: { primitive: workload_identity, id: 'spiffe://x' } }
  - { slug: planner, name: Planner }
tools:
  - { slug: crm, name: CRM, application: crm-app, actions: [{ name: erase, destructive: 'yes' }] }
bindings:
  - { agent: support-bot, tool: crm, state: active, intent: { text: Look up, approvedBy: ana }, actions: [read],
      credential: { type: short_lived, lifetime: PT15M }, path: [{ point: edge, mode: enforces }, { point: crm-app, mode: trusts_upstream }] }
delegations: [{ from: planner, to: support-bot, scope: tickets }]
owners:
  - { layer: identity, scope: organisation, team: iam, person: ana, state: accepted, since: 2026-01-01 }
  - { layer: enforcement, scope: tool, subject: crm, team: crm-team }
contracts: [{ tool: crm, version: 1, state: in_force, author: crm-team, signedOffBy: { person: ana, team: iam }, limits: { actions: [read] } }]
attestations: [{ point: crm-app, tool: crm, contractVersion: 1, at: 2026-10-01T00:00:00Z, by: ana }]
exceptions: [{ rule: boundary-missing, subject: support-bot/crm@production, reason: Migration, approver: ana, expires: 2027-01-31 }]
`

describe('an estate', () => {
  it('creates everything in it', async () => {
    const report = await apply('estate', estate)
    expect(report.created).toMatchObject({
      people: 2,
      teams: 2,
      bindings: 1,
      owners: 2,
      contracts: 1,
      attestations: 1,
      exceptions: 1,
    })
  })
  it('changes nothing the second time', async () => {
    const report = await apply('estate', estate, '2026-11-25T12:00:00Z')
    expect(report.changes).toEqual([])
    expect(report.unchanged).toMatchObject({
      people: 2,
      teams: 2,
      bindings: 1,
      owners: 2,
      contracts: 1,
      attestations: 1,
      exceptions: 1,
    })
  })
})
