import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { actorWith, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import type { UseCase } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { type Run, runUseCase } from '@/lib/use-cases/run'

/** Secrets that are planted, by where; each is told from every other text. */
const canaries = {
  bearer: 'canary-bearer-7fd1c0a94e3b48d6',
  webhook: 'canary-webhook-5b0e64f2a7c94d18',
  bucket: 'canary-bucket-2c9ad1e07f8b4536',
  repository: 'canary-repository-84e0b16d7c2f4a95',
  encryptionKey: Buffer.alloc(32, 'canary-key').toString('base64'),
  nextauth: 'canary-nextauth-91b3d7a2c5e84f60',
  smtp: 'canary-smtp-3e7f',
}
const made: Record<string, string> = {}

let registry: TestRegistry
let run: Run
beforeAll(async () => {
  vi.stubEnv('NEXTAUTH_SECRET', canaries.nextauth)
  vi.stubEnv('PENTARCH_ENCRYPTION_KEY', canaries.encryptionKey)
  vi.stubEnv('SMTP_URL', `smtp://mailer:${canaries.smtp}@127.0.0.1:1`)
  registry = await testRegistry()
  const account = {
    id: v7(),
    email: 'admin@example.org',
    name: 'An admin',
    passwordHash: 'none',
    role: 'admin' as const,
  }
  await registry.database.prisma.account.create({ data: account })
  const actor = actorWith('admin', { id: account.id, name: account.name })
  registry.become(actor)
  run = { database: registry.database, actor, now: registry.now(), newId: v7, requestId: 'canaries' }
  await plant()
})
afterAll(async () => {
  await registry.drop()
  vi.unstubAllEnvs()
})

const webhook = { kind: 'webhook' as const, url: 'https://siem.example.org/hook' }
const schedule = {
  ...{ slug: 'kept', name: 'Kept', view: { kind: 'gaps' as const, format: 'json' as const } },
  plan: { every: 'day' as const, first: '2026-11-01', time: '12:00', timeZone: 'UTC' },
  destination: {
    ...{ kind: 'bucket' as const, endpoint: 'https://s3.example.org', bucket: 'evidence', prefix: '' },
    accessKeyId: 'AKIDEXAMPLE',
  },
}

const witness = { name: 'Internal audit', repository: 'https://git.example.org/log.git' }

async function plant() {
  const point = await registry.run(useCases['points.create'], {
    ...{ name: 'Edge', kind: 'gateway', decisionEndpoint: 'https://edge.example.org' },
  })
  await registry.run(useCases['points.credential'], {
    ...{ slug: point.slug, version: point.version, kind: 'bearer', token: canaries.bearer },
  })
  await registry.run(useCases['streams.create'], {
    slug: 'siem',
    name: 'SIEM',
    target: webhook,
    secret: canaries.webhook,
  })
  await registry.run(useCases['exportSchedules.create'], { ...schedule, secretAccessKey: canaries.bucket })
  await registry.run(useCases['log.addWitness'], { ...witness, token: canaries.repository })
  // With a key that makes it safe to repeat, for what is remembered for that.
  const idempotencyKey = 'canary-key-1'
  const token = await runUseCase(
    useCases['tokens.create'],
    { name: 'CI', scopes: ['read'] },
    { ...run, idempotencyKey },
  )
  made.token = token.token
}

const secretsIn = (text: string) =>
  Object.entries({ ...canaries, ...made }).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []))

describe('a secret that was planted', () => {
  it('stands in no table of the database, in no column', async () => {
    const { rows } = await registry.database.pool.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
    )
    expect(rows.length).toBeGreaterThan(40)
    for (const { name } of rows) {
      const table = await registry.database.pool.query<{ text: string }>(
        `SELECT t::text AS text FROM ${name} t LIMIT 5000`,
      )
      expect(secretsIn(table.rows.map(({ text }) => text).join('\n')), name).toEqual([])
    }
  })

  it('is in the answer of no query', async () => {
    const queries = Object.values<UseCase>(useCases).filter(
      ({ kind, input }) => kind === 'query' && input.safeParse({}).success,
    )
    expect(queries.length).toBeGreaterThan(40)
    for (const query of queries) {
      const answer: unknown = await runUseCase(query as never, {} as never, run).catch((error: unknown) => error)
      if (!(answer instanceof DomainError)) expect(answer, query.name).not.toBeInstanceOf(Error)
      expect(secretsIn(JSON.stringify(answer)), query.name).toEqual([])
    }
  })

  it('is in no refusal of what it was sent with', async () => {
    const refused = [
      runUseCase(
        useCases['streams.create'],
        { slug: 'siem', name: 'S', target: webhook, secret: canaries.webhook },
        run,
      ),
      runUseCase(useCases['streams.create'], { slug: '#', name: '', target: webhook, secret: canaries.webhook }, run),
      runUseCase(useCases['exportSchedules.create'], { ...schedule, secretAccessKey: canaries.bucket }, run),
      runUseCase(useCases['log.addWitness'], { ...witness, token: canaries.repository }, run),
      runUseCase(
        useCases['points.credential'],
        { slug: 'nothing', version: 1, kind: 'bearer', token: canaries.bearer },
        run,
      ),
      runUseCase(
        useCases['points.credential'],
        { slug: 'edge', version: 1, kind: 'none', token: canaries.bearer },
        run,
      ),
    ]
    for (const each of await Promise.allSettled(refused)) {
      expect(each.status).toBe('rejected')
      if (each.status !== 'rejected') continue
      const said: unknown = each.reason
      const text = said instanceof Error ? JSON.stringify({ ...said, message: said.message, stack: said.stack }) : ''
      expect(text).toContain('DomainError')
      expect(secretsIn(text)).toEqual([])
    }
  })
})
