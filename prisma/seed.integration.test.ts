import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { seed } from './seed'
import { daysBefore } from './shift-estate'

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
    expect(await prisma.auditEvent.count({ where: { action: 'imports.apply' } })).toBe(6)
    expect(await prisma.agent.count({ where: { lifecycle: 'discovered' } })).toBeGreaterThan(0)
  })

  it('has a past in which less was owned, and nothing that is overdue by it', async () => {
    const { database } = test
    const owned = (db: Reader) => db.query<{ count: number }>(sql`SELECT count(*)::int AS count FROM assignment`)
    const [then] = await database.past(daysBefore(now, 4), owned)
    const [present] = await owned(database)
    expect(then?.count).toBeGreaterThan(50)
    expect(then?.count).toBeLessThan(present?.count ?? 0)
    const open = { state: { not: 'resolved' as const } }
    expect(
      await database.prisma.gap.count({ where: { ...open, openedAt: { lt: daysBefore(now, 5) } } }),
    ).toBeGreaterThan(40)
    expect(await database.prisma.gap.count({ where: { ...open, dueAt: { lt: now } } })).toBe(0)
  })

  it('has campaigns under way and behind it', async () => {
    const { prisma } = test.database
    const campaigns = await prisma.campaign.findMany({ orderBy: { launchedAt: 'asc' } })
    expect(campaigns.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'ownership closed',
      'access closed',
      'access running',
      'ownership running',
    ])
    const closed = campaigns.flatMap(({ id, state }) => (state === 'closed' ? [id] : []))
    const outcomes = await prisma.reviewItem.groupBy({ by: ['outcome'], where: { campaignId: { in: closed } } })
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['certify', 'no_response', 'reassign', 'revoke'])
    const running = { campaign: { state: 'running' as const } }
    const verdicts = await prisma.reviewDecision.groupBy({ by: ['verdict'], where: { item: running } })
    expect(verdicts.map(({ verdict }) => verdict).sort()).toEqual(['certify', 'defer', 'reassign', 'revoke'])
    expect(await prisma.campaignTemplate.count({ where: { enabled: true } })).toBeGreaterThan(2)
    expect(await prisma.certificationEvent.count({ where: { handledAt: null } })).toBe(0)
  })

  it('has something to review for each account', async () => {
    const { prisma } = test.database
    const accounts = await prisma.account.findMany({ select: { email: true, personId: true } })
    for (const { email, personId } of accounts) {
      const open = await prisma.itemReviewer.count({
        where: { personId: personId ?? '', state: 'open', item: { state: 'open', campaign: { state: 'running' } } },
      })
      expect(open, String(email)).toBeGreaterThan(0)
    }
  })

  it('has revoked access that should be gone by now, and some that is gone', async () => {
    const remediations = await test.database.prisma.remediation.findMany({ orderBy: { bindingSlug: 'asc' } })
    expect(remediations.map(({ bindingSlug, state, dueAt }) => [bindingSlug, state, dueAt < now])).toEqual([
      ['log-sentinel/incident-desk@production', 'open', true],
      ['log-sentinel/threat-intelligence@production', 'verified', expect.any(Boolean)],
    ])
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
