import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roles } from '../model'
import { claimsSchema, groupsOf, roleOf, vouchedEmail } from './claims'

const claims = (more: object) => claimsSchema.parse({ sub: 'ana', ...more })

describe('what a provider says', () => {
  it('has groups as a list, as one text, or not at all', () => {
    const by = { groupsClaim: 'groups' }
    expect(groupsOf(claims({ groups: ['a', 'b'] }), by)).toEqual(['a', 'b'])
    expect(groupsOf(claims({ groups: 'a' }), by)).toEqual(['a'])
    for (const groups of [undefined, 7, { a: true }, ['a', 7]]) expect(groupsOf(claims({ groups }), by)).toEqual([])
  })

  it('gives the role of the first group listed, whatever the order of its own', () => {
    const group = fc.constantFrom('a', 'b', 'c', 'd')
    const listed = fc.uniqueArray(fc.tuple(group, fc.constantFrom(...roles)), { selector: ([name]) => name })
    fc.assert(
      fc.property(listed, fc.array(group), (roleOfGroup, groups) => {
        const first = roleOfGroup.find(([name]) => groups.includes(name))
        expect(roleOf(groups, { roleOfGroup, defaultRole: null })).toBe(first?.[1] ?? null)
        expect(roleOf([...groups].reverse(), { roleOfGroup, defaultRole: 'member' })).toBe(first?.[1] ?? 'member')
      }),
    )
  })

  it.each([
    [{ email: 'Ana@Example.org', email_verified: true }, false, 'ana@example.org'],
    [{ email: 'ana@example.org', email_verified: 'true' }, false, 'ana@example.org'],
    [{ email: 'ana@example.org' }, true, 'ana@example.org'],
    [{ email: 'ana@example.org' }, false, null],
    [{ email: 'ana@example.org', email_verified: false }, true, null],
    [{ email: 'not an address', email_verified: true }, false, null],
    [{ email_verified: true }, true, null],
  ])('vouches for the address of %o (trusted: %s): %s', (said, trustsEmail, email) => {
    expect(vouchedEmail(claims(said), { trustsEmail })).toBe(email)
  })
})
