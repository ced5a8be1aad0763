import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import { sql } from '@/lib/db/sql'
import { estate } from '@/lib/importers/testing/registry'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { newestCheckpoint } from '@/lib/transparency/checkpoint-store'
import { makeCheckpoint } from '@/lib/transparency/make-checkpoint'
import { parseVerifierKey } from '@/lib/transparency/verifier-key'
import { useCases } from '@/lib/use-cases/catalog'
import { runUseCase } from '@/lib/use-cases/run'
import type { MakeBundleInput } from './bundle/request'
import { nativeDigests } from './native-digests'
import { memorySource } from './source'
import { verifyBundle } from './verify/verify'

/** Bundles of a real register with a real log, from what people do to the zip that is verified. One test goes on from another. */

let registry: TestRegistry
const keyBefore = process.env.PENTARCH_LOG_KEY

beforeAll(async () => {
  process.env.PENTARCH_LOG_KEY = randomBytes(32).toString('base64')
  registry = await testRegistry()
  // The database notes when the estate was made, by its own clock.
  registry.wait((Date.now() - registry.now().getTime()) / 1000)
  await registry.run(useCases['imports.apply'], {
    kind: 'estate',
    files: [{ name: 'estate.yaml', contentBase64: Buffer.from(estate).toString('base64') }],
  })
})
afterAll(async () => {
  if (keyBefore === undefined) delete process.env.PENTARCH_LOG_KEY
  else process.env.PENTARCH_LOG_KEY = keyBefore
  await registry.drop()
})

const runOf = () => ({
  database: registry.database,
  actor: systemActor('the test'),
  now: registry.now(),
  newId: () => v7(),
  requestId: 'test',
})

async function checkpoint() {
  registry.wait(60)
  const made = await makeCheckpoint(runOf())
  registry.wait(60)
  return made
}

async function fetched(id: string): Promise<Uint8Array> {
  const { body } = await runUseCase(useCases['bundles.file'], { id }, runOf())
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts)
}

const make = (input: Partial<MakeBundleInput> = {}) => registry.run(useCases['bundles.make'], input)

async function verified(bytes: Uint8Array, earlier: string | null = null) {
  const [key] = await registry.database.query<{ key: string }>(
    sql`SELECT verifier_key AS key FROM log_key ORDER BY number DESC`,
  )
  const trust = { keys: [parseVerifierKey(key?.key ?? '')], witnesses: [], earlier }
  return await verifyBundle(memorySource(bytes), { trust, digests: nativeDigests, now: registry.now() })
}

const assign = (team: string, subject: string) =>
  registry.run(useCases['assignments.create'], {
    targets: [{ layer: 'identity', scope: 'agent', subject }],
    team,
    reason: 'For the test',
  })

async function aTeam(name: string): Promise<string> {
  const person = await registry.run(useCases['people.create'], { name: `Lead of ${name}` })
  const members = [{ person: person.externalId, role: 'lead' as const }]
  return (await registry.run(useCases['teams.create'], { name, function: 'iam', members })).slug
}

describe('a bundle of the register', () => {
  it('waits for the first checkpoint', async () => {
    expect(await newestCheckpoint(registry.database)).toBeNull()
    expect(await refusalOf(make())).toMatchObject({ code: 'refused' })
  })

  it('is intact and whole, and the same bytes whenever it is fetched', async () => {
    await checkpoint()
    const { id } = await make()
    const bytes = await fetched(id)
    const report = await verified(bytes)
    expect(report.firstFailure).toBeNull()
    expect(report.completeness.standing).toBe('holds')
    expect(report.bundle?.datasets).toEqual(['matrix', 'gaps', 'assignments', 'certifications'])
    await assign(await aTeam('Later'), 'support-bot')
    await checkpoint()
    expect(Buffer.compare(await fetched(id), bytes)).toBe(0)
  })

  it('shows who was named, and re-derives it from the events', async () => {
    await assign(await aTeam('Named'), 'support-bot')
    await checkpoint()
    const report = await verified(await fetched((await make({ datasets: ['assignments'] })).id))
    expect(report.firstFailure).toBeNull()
    expect(report.integrity.statements.join()).toMatch(
      /assignments: \d+ rows? re-derived from the events, and the same/,
    )
  })

  it('is of the past when the past is asked for', async () => {
    await checkpoint()
    const before = registry.now().toISOString()
    const whole = await make()
    await assign(await aTeam('Later'), 'support-bot')
    await checkpoint()
    const now = await verified(await fetched((await make({ datasets: ['assignments'] })).id))
    const past = await make({ datasets: ['assignments'], asOf: before })
    expect(past.asOf).toBe(whole.asOf)
    const report = await verified(await fetched(past.id))
    expect(report.firstFailure).toBeNull()
    expect(report.completeness.statements).not.toEqual(now.completeness.statements)
    expect(await refusalOf(make({ asOf: '2000-01-01T00:00:00Z' }))).toMatchObject({ code: 'refused' })
    expect(await refusalOf(make({ asOf: '2100-01-01T00:00:00Z' }))).toMatchObject({ fields: ['asOf'] })
  })

  it('proves a part as a part', async () => {
    await checkpoint()
    const report = await verified(
      await fetched((await make({ datasets: ['matrix'], filter: { layer: 'identity' } })).id),
    )
    expect(report.firstFailure).toBeNull()
    expect(report.completeness.standing).toBe('partly')
    expect(await refusalOf(make({ filter: { colour: 'red' } }))).toMatchObject({ code: 'invalid_input' })
  })

  it('has a period of events without a hole', async () => {
    const from = registry.now().toISOString()
    registry.wait(60)
    await aTeam('One')
    registry.wait(60)
    await aTeam('Two')
    registry.wait(60)
    const to = registry.now().toISOString()
    await aTeam('Three')
    await checkpoint()
    const report = await verified(await fetched((await make({ datasets: [], period: { from, to } })).id))
    expect(report.firstFailure).toBeNull()
    expect(report.completeness).toMatchObject({ standing: 'holds' })
    expect(report.completeness.statements[0]).toContain('all of them')
    expect(await refusalOf(make({ period: { from: to, to: from } }))).toMatchObject({ fields: ['period'] })
  })

  it('is proved from a checkpoint that the auditor kept', async () => {
    const kept = await checkpoint()
    await aTeam('Later')
    await checkpoint()
    const bytes = await fetched((await make({ datasets: ['gaps'], since: kept.size })).id)
    const report = await verified(bytes, kept.note)
    expect(report.firstFailure).toBeNull()
    expect(report.integrity.statements.join()).toContain('since the checkpoint that you hold')
    expect(await refusalOf(make({ since: 1_000_000 }))).toMatchObject({ fields: ['since'] })
  })

  it('leaves a line in the audit log, and stands in the list', async () => {
    await checkpoint()
    registry.become(actorWith('auditor'))
    const made = await make({ datasets: ['gaps'] })
    expect(await registry.eventsOf(made.id)).toMatchObject([{ action: 'bundles.make', subjectType: 'bundle' }])
    const { rows } = await registry.run(useCases['bundles.list'], {})
    expect(rows[0]).toEqual(made)
    expect(await refusalOf(fetched(v7()))).toMatchObject({ code: 'not_found' })
  })

  it('is refused when rows are not what the log recorded', async () => {
    await checkpoint()
    const { id } = await make({ datasets: ['matrix'] })
    // As somebody would who administers the database: past the triggers that keep history.
    await registry.database.pool.query(`
      BEGIN; SET LOCAL session_replication_role = replica; UPDATE agent SET name = 'Somebody else'; COMMIT`)
    const problem = await refusalOf(fetched(id))
    expect(problem.code).toBe('refused')
    expect(problem.message).toContain('not those that the log recorded')
  })
})
