import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomOf } from '@/lib/gaps/testing/random'
import { seedRandomEstate } from '@/lib/gaps/testing/random-estate'
import { dayMs } from '@/lib/gaps/wording'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { defaultPolicy } from './model'

const lead = actorWith('governance_lead')

describe('the policy', () => {
  let registry: TestRegistry
  beforeAll(async () => {
    registry = await testRegistry()
    registry.become(lead)
    const estate = await seedRandomEstate(registry.database, randomOf(13), registry.now())
    for (let step = 0; step < 60; step += 1) await estate.edit(registry.database, registry.now())
    await registry.run(useCases['gaps.evaluate'], {})
  })
  afterAll(() => registry.drop())

  const strict = {
    ...defaultPolicy,
    gaps: {
      ...defaultPolicy.gaps,
      acceptWithinDays: 1,
      cadenceDays: { low: 1, medium: 1, high: 1, critical: 1 },
      credentialLifetimeSecondsMax: 60,
    },
    dueDays: { ...defaultPolicy.dueDays, low: 10, medium: 10, high: 10 },
  }
  const setting = () => registry.run(useCases['settings.policy.get'], {})
  const unresolved = async () =>
    await registry.database.prisma.gap.findMany({ where: { state: { not: 'resolved' } }, orderBy: { id: 'asc' } })

  it('is the defaults while nobody set it, for everybody to read', async () => {
    registry.become(actorWith('member'))
    expect(await setting()).toMatchObject({
      policy: defaultPolicy,
      defaults: defaultPolicy,
      version: 0,
      updatedBy: null,
    })
    const refusal = await refusalOf(
      registry.run(useCases['settings.policy.update'], { policy: strict, version: 0, reason: 'Mine' }),
    )
    expect(refusal.code).toBe('forbidden')
    registry.become(lead)
  })

  /** What the preview says is what saving does. */
  it('previews exactly what saving then does', async () => {
    registry.wait(3 * 86_400)
    const [byHand] = await unresolved()
    const dueAt = new Date(registry.now().getTime() + 40 * dayMs).toISOString()
    await registry.run(useCases['gaps.setDue'], { ids: [String(byHand?.id)], dueAt, reason: 'Agreed' })

    const before = await unresolved()
    const preview = await registry.run(useCases['settings.policy.preview'], { policy: strict })
    expect(await unresolved()).toEqual(before)
    expect(preview.opens.count).toBeGreaterThan(0)
    expect(preview.opens.rules.reduce((sum, { count }) => sum + count, 0)).toBe(preview.opens.count)
    expect(preview.opens.rules[0]?.samples.length).toBeGreaterThan(0)

    const saved = await registry.run(useCases['settings.policy.update'], {
      policy: strict,
      version: 0,
      reason: 'Stricter',
    })
    expect(saved).toEqual({ version: 1, opened: preview.opens.count, closed: preview.closes.count })
    const after = await unresolved()
    expect(after.length - before.length).toBe(preview.opens.count - preview.closes.count)
    for (const gap of after) {
      const due = gap.state === 'excepted' ? null : gap.openedAt.getTime() + strict.dueDays[gap.severity] * dayMs
      expect(gap.dueAt?.getTime() ?? null).toBe(gap.id === byHand?.id ? Date.parse(dueAt) : due)
    }
    const again = await registry.run(useCases['settings.policy.preview'], { policy: strict })
    expect(again).toMatchObject({ opens: { count: 0 }, closes: { count: 0 }, movesDueDates: 0 })
    const [event] = await registry.eventsOf('policy')
    expect(event).toMatchObject({
      actorName: lead.name,
      reason: 'Stricter',
      before: { gaps: { acceptWithinDays: 14 } },
      after: { gaps: { acceptWithinDays: 1 } },
    })
  })

  it('refuses a version that was overtaken, and limits that make no sense', async () => {
    const stale = await refusalOf(
      registry.run(useCases['settings.policy.update'], { policy: defaultPolicy, version: 0, reason: 'Back' }),
    )
    expect(stale).toMatchObject({ code: 'stale', message: expect.stringContaining(lead.name) })
    const odd = { ...strict, gaps: { ...strict.gaps, acceptWithinDays: 0 } }
    const refusal = await refusalOf(
      registry.run(useCases['settings.policy.update'], { policy: odd, version: 1, reason: 'Odd' }),
    )
    expect(refusal).toMatchObject({ code: 'invalid_input', fields: ['policy.gaps.acceptWithinDays'] })
    expect((await setting()).version).toBe(1)
  })
})
