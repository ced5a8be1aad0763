import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { actorWith, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { makeCheckpoint } from '@/lib/transparency/make-checkpoint'
import { runVerification } from '@/lib/transparency/verification'
import { useCases } from '@/lib/use-cases/catalog'
import { runUseCase } from '@/lib/use-cases/run'
import { metricsUseCases } from './service'

let registry: TestRegistry
let dataDir: string
const run = () => ({
  database: registry.database,
  now: registry.now(),
  newId: () => v7(),
  requestId: 'test',
  env: { NODE_ENV: 'test' as const, PENTARCH_DATA_DIR: dataDir },
})
const verify = () => runVerification(run(), () => registry.now())

/** The samples of the measures, by name. */
async function measures(): Promise<Map<string, number>> {
  const { headers, body } = await runUseCase(
    metricsUseCases['metrics.read'],
    {},
    { ...run(), actor: actorWith('auditor') },
  )
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
  const lines = (await new Response(body).text()).split('\n').filter((line) => /^pentarch/.test(line))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}

beforeAll(async () => {
  registry = await testRegistry()
  dataDir = await mkdtemp(path.join(tmpdir(), 'pentarch-metrics-'))
})
afterAll(async () => {
  await registry.drop()
  await rm(dataDir, { recursive: true })
})

it('tells a monitoring system that the audit log was tampered with', async () => {
  await registry.run(useCases['people.create'], { name: 'Mei Tanaka' })
  await makeCheckpoint(run())
  expect((await measures()).has('pentarch_log_verification_findings')).toBe(false)
  await verify()
  const before = await measures()
  expect(before.get('pentarch_log_events')).toBe(2)
  expect(before.get('pentarch_log_verification_findings')).toBe(0)
  expect(before.get('pentarch_log_verification_timestamp_seconds')).toBe(registry.now().getTime() / 1000)
  await registry.database.pool.query(
    `SET session_replication_role = replica; UPDATE audit_event SET action = 'people.remove'; RESET session_replication_role`,
  )
  registry.wait(60)
  await verify()
  expect((await measures()).get('pentarch_log_verification_findings')).toBeGreaterThan(0)
})

it('counts open gaps by severity', async () => {
  expect((await measures()).get('pentarch_gaps_open{severity="critical"}')).toBe(0)
})
