import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { seed } from './seed'

const now = new Date('2027-03-02T09:30:00Z')

describe('the sample', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.drop())

  it('loads through the importers, with an account for each role', async () => {
    const seeded = await seed({ connectionString: test.connectionString, kind: 'sample', now })
    const roles = new Set(seeded?.accounts.map(({ role }) => role))
    expect([...roles].sort()).toEqual(['admin', 'auditor', 'engineer', 'governance_lead', 'member'])
    expect(seeded?.token).toMatch(/^ptk_/)
    const { prisma } = test.database
    expect(await prisma.agent.count()).toBeGreaterThan(35)
    expect(await prisma.binding.count()).toBeGreaterThan(190)
    expect(await prisma.gap.count({ where: { state: 'open' } })).toBeGreaterThan(40)
    expect(await prisma.auditEvent.count()).toBe(4)
    expect(await prisma.agent.count({ where: { lifecycle: 'discovered' } })).toBeGreaterThan(0)
  })

  it('leaves a database that has accounts alone', async () => {
    expect(await seed({ connectionString: test.connectionString, kind: 'sample', now })).toBeNull()
  })
})

describe('an empty start', () => {
  it('has one admin and nothing else', async () => {
    const test = await createTestDatabase()
    const seeded = await seed({ connectionString: test.connectionString, kind: 'empty', now })
    expect(seeded?.accounts).toEqual([{ email: 'admin@pentarch.example', password: 'pentarch-demo', role: 'admin' }])
    expect(await test.database.prisma.agent.count()).toBe(0)
    await test.drop()
  })
})
