import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { actorWith, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { sealingKeys } from './keys'
import { resealAll, sealedColumns } from './reseal-store'
import { open } from './seal'

const fresh = () => randomBytes(32).toString('base64')
const [before, after] = [fresh(), fresh()]
const secret = { NODE_ENV: 'test', NEXTAUTH_SECRET: 'a secret for tests alone, of 32+ characters' } as const

let registry: TestRegistry
beforeAll(async () => {
  vi.stubEnv('PENTARCH_ENCRYPTION_KEY', before)
  registry = await testRegistry()
  registry.become(actorWith('admin'))
  await registry.run(useCases['streams.create'], {
    ...{ slug: 'siem', name: 'SIEM', secret: 'a secret of a webhook, long enough' },
    target: { kind: 'webhook', url: 'https://siem.example.org/hook' },
  })
  const point = await registry.run(useCases['points.create'], {
    ...{ name: 'Edge', kind: 'gateway', decisionEndpoint: 'https://edge.example.org' },
  })
  await registry.run(useCases['points.credential'], {
    ...{ slug: point.slug, version: point.version, kind: 'bearer', token: 'a-token' },
  })
})
afterAll(async () => {
  await registry.drop()
  vi.unstubAllEnvs()
})

it('a new key seals everything anew, after which the one before can go', async () => {
  const both = sealingKeys({ ...secret, PENTARCH_ENCRYPTION_KEY: after, PENTARCH_ENCRYPTION_KEY_PREVIOUS: before })
  const counts = await resealAll(registry.database, registry.now(), both)
  expect(counts).toContainEqual({ column: 'event_stream.secret_sealed', resealed: 1, unreadable: 0 })
  expect(counts).toContainEqual({ column: 'enforcement_point.credential_sealed', resealed: 1, unreadable: 0 })

  const alone = sealingKeys({ ...secret, PENTARCH_ENCRYPTION_KEY: after })
  const stream = await registry.database.prisma.eventStream.findFirstOrThrow()
  expect(open(stream.secretSealed ?? '', stream.id, alone)).toBe('a secret of a webhook, long enough')
  const point = await registry.database.prisma.enforcementPoint.findFirstOrThrow()
  expect(open(point.credentialSealed ?? '', point.id, alone)).toContain('a-token')

  const again = await resealAll(registry.database, registry.now(), both)
  expect(again.every(({ resealed }) => resealed === 0)).toBe(true)
})

it('what no key opens is counted and left as it is', async () => {
  const stranger = sealingKeys({ ...secret, PENTARCH_ENCRYPTION_KEY: fresh() })
  const kept = await registry.database.prisma.eventStream.findFirstOrThrow()
  const counts = await resealAll(registry.database, registry.now(), stranger)
  expect(counts).toContainEqual({ column: 'event_stream.secret_sealed', resealed: 0, unreadable: 1 })
  expect((await registry.database.prisma.eventStream.findFirstOrThrow()).secretSealed).toBe(kept.secretSealed)
})

it('no column that holds sealed texts is left out', async () => {
  const { rows } = await registry.database.pool.query<{ table_name: string; column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name ~ '(^|_)(sealed|tokens)$' ORDER BY 1, 2`,
  )
  const known = sealedColumns.map(({ table, column }) => `${table}.${column}`)
  expect(rows.map(({ table_name, column_name }) => `${table_name}.${column_name}`).sort()).toEqual([...known].sort())
})
