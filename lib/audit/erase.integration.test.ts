import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { appendPending } from '@/lib/transparency/append'
import { verifyLog } from '@/lib/transparency/verify-log'
import { useCases } from '@/lib/use-cases/catalog'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.drop())

it('forgets somebody who has left wherever the audit log names them, and the log still holds', async () => {
  const accountId = v7()
  const { database, run } = registry
  const person = await run(useCases['people.create'], { name: 'Wei Zhang', email: 'wei.zhang@example.org' })
  const other = await run(useCases['people.create'], { name: 'Grace Mutua' })
  await database.prisma.account.create({
    data: {
      id: accountId,
      email: 'wei.zhang@example.org',
      name: 'Wei Zhang',
      role: 'governance_lead',
      personId: person.id,
      passwordHash: 'x',
      createdAt: registry.now(),
    },
  })
  registry.become(actorWith('governance_lead', { id: accountId, name: 'Wei Zhang' }))
  const { version } = await run(useCases['people.get'], { person: other.externalId })
  await run(useCases['people.update'], { person: other.externalId, version, name: 'Grace M.', reason: 'As she asked' })
  registry.become(actorWith('admin', { name: 'Leila Haddad' }))
  expect(await refusalOf(run(useCases['people.erase'], { person: person.externalId }))).toMatchObject({
    code: 'wrong_state',
  })
  const present = await run(useCases['people.get'], { person: person.externalId })
  const leaving = { person: person.externalId, version: present.version, status: 'left' as const }
  await run(useCases['people.update'], { ...leaving, reason: 'Wei Zhang has gone' })
  await appendPending(database)

  const { erased } = await run(useCases['people.erase'], { person: person.externalId })
  expect(erased).toBeGreaterThanOrEqual(4)
  await appendPending(database)
  const openings = await database.prisma.auditOpening.findMany()
  expect(JSON.stringify(openings.map(({ value }) => value))).not.toMatch(/Wei|wei\.zhang/)
  const [, renamed] = await registry.eventsOf(other.id)
  expect(renamed).toMatchObject({ actorName: '(erased)', reason: 'As she asked', after: { name: 'Grace M.' } })
  const erasure = (await registry.eventsOf(person.id)).at(-1)
  expect(erasure).toMatchObject({ action: 'people.erase', actorName: 'Leila Haddad', after: { erased } })
  expect(await verifyLog(database)).toMatchObject({ findings: 0 })
})
