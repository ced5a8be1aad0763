import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '@/lib/use-cases/errors'
import { coerceResource } from './coerce'
import { groupType, userType } from './schema'
import { enterprise, sample } from './testing/samples'

const core = 'urn:ietf:params:scim:schemas:core:2.0:User'
const user = (more: object) => coerceResource(userType, { schemas: [core], userName: 'ana', ...more })

describe('a resource that is sent', () => {
  it('keeps what RFC 7643 prints, but for what is read-only or not kept', () => {
    const printed = sample('rfc/rfc7643-8.3-enterprise_user')
    const kept = coerceResource(userType, printed)
    expect(kept).toMatchObject({
      userName: printed.userName,
      name: printed.name,
      emails: printed.emails,
      addresses: printed.addresses,
      [enterprise]: { employeeNumber: '701984', manager: { value: '26118915-6090-4610-87e4-49d8ca9f808d' } },
    })
    for (const name of ['id', 'meta', 'groups', 'password', 'x509Certificates', 'schemas'])
      expect(kept).not.toHaveProperty(name)
    expect(kept[enterprise]).not.toHaveProperty('manager.displayName')
  })

  it('has names as the schemas write them, and values of their types', () => {
    expect(user({ ACTIVE: 'True', displayname: 7, Emails: 'a@example.org', shoeSize: 44, title: null })).toEqual({
      userName: 'ana',
      active: true,
      displayName: '7',
      emails: [{ value: 'a@example.org' }],
    })
    const primaries = [
      { value: 'a', primary: true },
      { value: 'b', primary: 'True' },
    ]
    expect(user({ emails: primaries }).emails).toEqual([
      { value: 'a', primary: false },
      { value: 'b', primary: true },
    ])
    expect(user({ [enterprise.toUpperCase()]: { Department: 'Sales', unknown: 1 } })[enterprise]).toEqual({
      department: 'Sales',
    })
  })

  it.each<[string, object, string]>([
    ['no name', { userName: undefined }, 'invalidValue'],
    ['an empty name', { userName: '' }, 'invalidValue'],
    ['a list for one value', { userName: ['a'] }, 'invalidValue'],
    ['an object for a text', { displayName: {} }, 'invalidValue'],
    ['a number for a boolean', { active: 1 }, 'invalidValue'],
    ['a NUL', { displayName: 'a\u0000' }, 'invalidValue'],
    ['half a character', { displayName: '\ud800' }, 'invalidValue'],
    ['too long a text', { displayName: 'x'.repeat(4001) }, 'invalidValue'],
    ['too many values', { emails: Array.from({ length: 101 }, (_, at) => ({ value: `${at}` })) }, 'invalidValue'],
    ['no schema', { schemas: [] }, 'invalidSyntax'],
    ['another schema', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'] }, 'invalidSyntax'],
  ])('with %s is refused', (_, more, scimType) => {
    expect(() => user(more)).toThrow(expect.objectContaining({ scimType }))
  })

  it('is a resource or refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        for (const type of [userType, groupType])
          try {
            coerceResource(type, { ...(body as object), schemas: [type.core.id] })
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError)
          }
      }),
    )
  })

  it('is the same when it is sent as it was kept', () => {
    const kept = user({ emails: [{ value: 'a', type: 'work', primary: true }], name: { givenName: 'A' } })
    expect(coerceResource(userType, { schemas: [core], ...kept })).toEqual(kept)
  })
})
