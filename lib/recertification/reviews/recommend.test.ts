import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessPicture, ownershipPicture } from '../testing'
import { type Evidence, recommend } from './recommend'

const picturedAt = new Date('2026-11-01T00:00:00Z')
const daysBefore = (days: number) => new Date(picturedAt.getTime() - days * 86_400_000).toISOString()
const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  picture: accessPicture(),
  picturedAt,
  standing: 'new',
  changes: [],
  later: [],
  hasLeft: false,
  peers: null,
  ...more,
})
const owners = accessPicture().facts.owners
const forsaken = owners.map((owner) => ({ ...owner, status: 'orphaned' as const }))

describe('recommending', () => {
  it.each<[string, Partial<Evidence>, string, RegExp]>([
    ['nothing against it', {}, 'certify', /No open gap/],
    ['in use', { picture: accessPicture({}, { lastUsedAt: daysBefore(3) }) }, 'certify', /Used 3 days before/],
    ['unused for 89 days', { picture: accessPicture({}, { lastUsedAt: daysBefore(89) }) }, 'certify', /89 days/],
    [
      'unused for 90 days',
      { picture: accessPicture({}, { lastUsedAt: daysBefore(90) }) },
      'revoke',
      /Not used for 90 days/,
    ],
    ['no intent', { picture: accessPicture({ intent: null }) }, 'look_closer', /Nobody approved/],
    [
      'no intent and no sponsor',
      { picture: accessPicture({ intent: null, sponsor: null }) },
      'revoke',
      /Nobody approved/,
    ],
    [
      'no intent and an orphaned owner',
      { picture: accessPicture({ intent: null, owners: forsaken }) },
      'revoke',
      /Nobody approved/,
    ],
    [
      'an orphaned owner',
      { picture: accessPicture({ owners: forsaken }) },
      'look_closer',
      /cloud can no longer answer/,
    ],
    ['no owner', { picture: accessPicture({ owners: [] }) }, 'look_closer', /Nobody answers/],
    ['a sponsor who left', { hasLeft: true }, 'look_closer', /ben has left/],
    [
      'a high gap',
      { picture: accessPicture({}, { gaps: [{ rule: 'boundary-missing', severity: 'high' }], gapCount: 1 }) },
      'look_closer',
      /Open gaps: /,
    ],
    ['changed', { standing: 'changed', changes: ['Risk raised'] }, 'look_closer', /last certified: Risk raised/],
    ['changed since the start', { later: ['May also write'] }, 'look_closer', /campaign started: May also write/],
    ['unchanged', { standing: 'unchanged', picture: accessPicture({}, { certifiedBy: 'Ana' }) }, 'certify', /No/],
    ['new at high risk', { picture: accessPicture({ risk: 'high' }) }, 'look_closer', /Never certified/],
    [
      'rare among its like',
      { peers: { alike: 10, holding: 1 } },
      'look_closer',
      /Of 10 other agents of the same sponsor, 1 holds/,
    ],
    ['common among its like', { peers: { alike: 10, holding: 9 } }, 'certify', /No/],
    ['too few alike to say', { peers: { alike: 3, holding: 0 } }, 'certify', /No open gap/],
    ['an ownership in use', { picture: ownershipPicture() }, 'certify', /supplies the owner of 1 active binding/],
    ['an ownership of nobody', { picture: ownershipPicture({ person: null }) }, 'look_closer', /No person/],
    ['an ownership not accepted', { picture: ownershipPicture({ state: 'proposed' }) }, 'look_closer', /not accepted/],
    ['an ownership of a leaver', { picture: ownershipPicture(), hasLeft: true }, 'look_closer', /has left/],
    [
      'an ownership that supplies nothing',
      { picture: ownershipPicture({}, { bindings: 0 }) },
      'look_closer',
      /No active binding/,
    ],
  ])('with %s', (_name, more, verdict, first) => {
    const recommendation = recommend(evidence(more))
    expect(recommendation.verdict).toBe(verdict)
    expect(recommendation.reasons[0]?.text).toMatch(first)
  })

  const anyEvidence = fc.record({
    picture: fc.oneof(
      fc
        .record({
          intent: fc.constantFrom(null, 'Look up'),
          sponsor: fc.constantFrom(null, { slug: 'ben', name: 'Ben' }),
          risk: fc.constantFrom('low' as const, 'high' as const),
          owners: fc.constantFrom(owners, forsaken, []),
          lastUsedAt: fc.constantFrom(null, daysBefore(1), daysBefore(400)),
          gapCount: fc.nat(3),
        })
        .map(({ lastUsedAt, gapCount, ...facts }) => accessPicture(facts, { lastUsedAt, gapCount })),
      fc.record({ bindings: fc.nat(2) }).map((seen) => ownershipPicture({}, seen)),
    ),
    picturedAt: fc.constant(picturedAt),
    standing: fc.constantFrom('new' as const, 'changed' as const, 'unchanged' as const, 'unknown' as const),
    changes: fc.array(fc.string(), { maxLength: 2 }),
    later: fc.array(fc.string(), { maxLength: 2 }),
    hasLeft: fc.boolean(),
    peers: fc.option(
      fc.nat(20).chain((alike) => fc.record({ alike: fc.constant(alike), holding: fc.nat(alike) })),
      { nil: null },
    ),
  })

  it('always says why, and never certifies against a reason', () => {
    fc.assert(
      fc.property(anyEvidence, (each) => {
        const { verdict, reasons } = recommend(each)
        expect(reasons.length).toBeGreaterThan(0)
        expect(reasons[0]?.says).toBe(verdict)
        if (verdict === 'certify') expect(reasons.every(({ says }) => says === 'certify')).toBe(true)
        if (verdict !== 'revoke') expect(reasons.some(({ says }) => says === 'revoke')).toBe(false)
      }),
    )
  })

  it('never trusts it more because something changed or somebody left', () => {
    const trust = { revoke: 0, look_closer: 1, certify: 2 }
    fc.assert(
      fc.property(anyEvidence, (each) => {
        const better = trust[recommend({ ...each, later: [], hasLeft: false }).verdict]
        const worse = trust[recommend({ ...each, later: ['Something'], hasLeft: true }).verdict]
        expect(worse).toBeLessThanOrEqual(better)
      }),
    )
  })
})
