import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccessPicture, OwnershipPicture } from '../picture'
import { accessPicture, ownershipPicture } from '../testing'
import { changesBetween } from './changes'

const owners = accessPicture().facts.owners
const [firstOwner, ...otherOwners] = owners
const iam = { slug: 'iam', name: 'IAM' }
const people = { slug: 'eve', name: 'Eve' }

describe('saying what changed', () => {
  it.each<[Partial<AccessPicture['facts']>, string]>([
    [{ risk: 'high' }, 'Risk raised from medium to high'],
    [{ risk: 'low' }, 'Risk lowered from medium to low'],
    [{ actions: ['read', 'write'] }, 'May also write'],
    [{ actions: [] }, 'May no longer read'],
    [{ boundary: null }, 'The boundary “read-only role” is gone'],
    [{ boundary: 'any' }, 'The boundary is “any”, before “read-only role”'],
    [
      { credentialType: 'long_lived', credentialLifetimeSeconds: null },
      'Credential long lived, before short lived, 15 minutes',
    ],
    [{ intent: null }, 'The approved intent is gone'],
    [{ decisionMode: 'static' }, 'Decided statically, before at request time'],
    [{ autonomy: 'autonomous' }, 'The agent is autonomous, before supervised'],
    [{ classification: 'confidential' }, "The tool's data is confidential, before internal"],
    [{ independentPrivileges: 'yes' }, 'Independent privileges of the tool: yes, before no'],
    [{ sponsor: null }, 'The sponsor is nobody, before ben'],
    [{ path: [{ point: 'edge', mode: 'trusts_upstream' }] }, 'Enforcement path: edge trusts upstream; before: none'],
    [{ environment: 'staging' }, 'It runs in staging, before in production'],
  ])('of access: %o', (facts, line) => {
    expect(changesBetween(accessPicture(), accessPicture(facts))).toEqual([line])
  })

  it('says who owned a layer before', () => {
    if (!firstOwner) throw new Error('There are owners')
    const now = (owner: typeof firstOwner) => accessPicture({ owners: [owner, ...otherOwners] })
    expect(changesBetween(accessPicture(), now({ ...firstOwner, team: iam }))).toEqual([
      'Identity is owned by IAM, before by cloud',
    ])
    expect(changesBetween(accessPicture(), now({ ...firstOwner, person: people }))).toEqual([
      'Eve is accountable for Identity, before ben',
    ])
    expect(changesBetween(accessPicture(), now({ ...firstOwner, status: 'orphaned' }))).toEqual([
      'The owner of Identity is orphaned, before owned',
    ])
  })

  it.each<[Partial<OwnershipPicture['facts']>, string]>([
    [{ team: iam }, 'The team is IAM, before cloud'],
    [{ person: null }, 'nobody is accountable, before ben'],
    [{ state: 'proposed' }, 'It is proposed, before accepted'],
    [{ setBy: 'Eve', reason: 'Moved' }, 'Set anew by Eve: Moved'],
  ])('of ownership: %o', (facts, line) => {
    expect(changesBetween(ownershipPicture(), ownershipPicture(facts))).toEqual([line])
  })

  const facts = fc.record({
    risk: fc.constantFrom('low' as const, 'high' as const),
    actions: fc.subarray(['read', 'write', 'delete']),
    boundary: fc.constantFrom(null, 'one', 'two'),
    intent: fc.constantFrom(null, 'one', 'two'),
    purpose: fc.constantFrom('', 'one'),
    credentialLifetimeSeconds: fc.constantFrom(null, 60, 90),
    sponsor: fc.constantFrom(null, people),
    owners: fc.shuffledSubarray(owners),
    agent: fc.constantFrom(iam, people),
  })

  /** What says CHANGED and what says how must never disagree. */
  it('has a line exactly when a fact differs', () => {
    fc.assert(
      fc.property(facts, facts, (one, other) => {
        const [before, after] = [accessPicture(one), accessPicture(other)]
        expect(changesBetween(before, after).length > 0).toBe(!isDeepStrictEqual(before.facts, after.facts))
        expect(changesBetween(before, before)).toEqual([])
      }),
    )
  })
})
