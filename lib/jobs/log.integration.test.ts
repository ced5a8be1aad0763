import { afterAll, beforeAll, expect, it } from 'vitest'
import { actorWith, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { runUseCase } from '@/lib/use-cases/run'
import { verifyLogJob } from './log'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.drop())

const day = 24 * 60 * 60
const verify = async () => {
  registry.wait(day)
  await verifyLogJob.handle({ database: registry.database, now: registry.now(), runId: 'test' })
}
const past = async (statement: string) =>
  await registry.database.pool.query(
    `SET session_replication_role = replica; ${statement}; RESET session_replication_role`,
  )
const open = async () => (await registry.run(useCases['gaps.list'], { rule: 'log-mismatch' })).rows

it('makes a critical gap of what a verification finds, which resolves when it finds nothing any more', async () => {
  await registry.run(useCases['people.create'], { name: 'Mei Tanaka' })
  await verify()
  expect(await open()).toEqual([])

  await past(`UPDATE audit_event SET action = 'people.remove' WHERE action = 'people.create'`)
  await verify()
  const [gap] = await open()
  expect(gap).toMatchObject({
    ...{ rule: 'log-mismatch', severity: 'critical', state: 'open', affected: 0 },
    subject: { type: 'log', slug: 'log', name: 'Transparency log' },
  })
  expect(gap?.explanation).toMatch(
    /^The last verification found \d+ places? where the audit log is not what was logged/,
  )

  const rechecked = await registry.run(useCases['gaps.recheck'], { id: gap?.id ?? '' })
  expect(rechecked.state).toBe('open')
  await past(`UPDATE audit_event SET action = 'people.create' WHERE action = 'people.remove'`)
  await verify()
  expect(await open()).toEqual([])
})

it('is exported like every other gap, with what it stands on', async () => {
  await past(`UPDATE audit_event SET action = 'people.remove' WHERE action = 'people.create'`)
  await verify()
  const textOf = async (format: 'oscal' | 'sarif' | 'csv') => {
    const run = { database: registry.database, actor: actorWith('auditor'), now: registry.now(), requestId: 'test' }
    const view = { kind: 'gaps', format, filter: { rule: 'log-mismatch' } } as const
    const { body } = await runUseCase(useCases['exports.file'], view, { ...run, newId: () => crypto.randomUUID() })
    return await new Response(body).text()
  }
  expect(await textOf('oscal')).toContain('"title":"Transparency log"')
  expect(await textOf('sarif')).toContain('log-mismatch')
  expect(await textOf('csv')).toContain('Transparency log')
})
