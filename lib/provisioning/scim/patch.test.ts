import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '@/lib/use-cases/errors'
import { coerceResource } from './coerce'
import { patched } from './patch'
import { groupType, type JsonObject, userType } from './schema'
import { barbara, enterprise, patchOf, sample } from './testing/samples'

const user = (...operations: JsonObject[]) => patched(userType, barbara, patchOf(...operations))
const group: JsonObject = { displayName: 'Guides', members: [{ value: '1' }, { value: '2' }] }
const team = (...operations: JsonObject[]) => patched(groupType, group, patchOf(...operations))
const memberValues = ({ members }: JsonObject) =>
  Array.isArray(members) ? members.map((member) => (member as JsonObject).value) : []

describe('a patch, as Microsoft Entra sends it', () => {
  it('deactivates with a capital letter and a text', () => {
    expect(user({ op: 'Replace', path: 'active', value: 'False' }).active).toBe(false)
    expect(user({ op: 'Add', path: 'active', value: 'True' }).active).toBe(true)
  })

  it('sets one address of several by its type, and makes the one that is not there', () => {
    const { emails } = user({ op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@example.org' })
    expect(emails).toEqual([
      { value: 'new@example.org', type: 'work', primary: true },
      { value: 'babs@example.net', type: 'home' },
    ])
    const phone = { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+44 1' }
    expect(user(phone).phoneNumbers).toEqual([{ type: 'mobile', value: '+44 1' }])
  })

  it('names attributes of the extension by colon and by dot, with the manager as a bare id', () => {
    for (const path of [`${enterprise}:manager`, `${enterprise}.manager`, `${enterprise}:manager.value`])
      expect(user({ op: 'Replace', path, value: '7' })[enterprise]).toEqual({
        department: 'Tours',
        manager: { value: '7' },
      })
    expect(user({ op: 'Remove', path: `${enterprise}:manager` })[enterprise]).toEqual({ department: 'Tours' })
    expect(
      user(
        { op: 'Remove', path: `${enterprise}:department` },
        { op: 'Replace', path: `${enterprise}:manager`, value: '' },
      ),
    ).not.toHaveProperty([enterprise])
  })

  it('sends paths as the keys of a value', () => {
    const value = {
      displayName: 'Barbara',
      'name.givenName': 'B.',
      'emails[type eq "home"].value': 'b@example.net',
      [`${enterprise}:department`]: 'Sales',
      [enterprise]: { costCenter: '12' },
    }
    expect(user({ op: 'replace', value })).toMatchObject({
      displayName: 'Barbara',
      name: { givenName: 'B.', familyName: 'Jensen' },
      emails: [{ type: 'work' }, { type: 'home', value: 'b@example.net' }],
      [enterprise]: { department: 'Sales', costCenter: '12' },
    })
  })

  it('adds and removes members, by list or by filter, known ones too', () => {
    expect(memberValues(team({ op: 'Add', path: 'members', value: [{ value: '3' }, { value: '1' }] }))).toEqual([
      '1',
      '2',
      '3',
    ])
    expect(memberValues(team({ op: 'Remove', path: 'members', value: [{ value: '2' }] }))).toEqual(['1'])
    expect(memberValues(team({ op: 'Remove', path: 'members[value eq "1"]' }))).toEqual(['2'])
    expect(memberValues(team({ op: 'remove', path: 'members[value eq "9"]' }))).toEqual(['1', '2'])
    expect(memberValues(team({ op: 'remove', path: 'members', value: [{ value: '2', $ref: null }] }))).toEqual(['1'])
  })
})

describe('a patch, as Okta sends it', () => {
  it('replaces without a path', () => {
    expect(user({ op: 'replace', value: { active: false } }).active).toBe(false)
    const renamed = team({ op: 'replace', value: { id: 'abc', displayName: 'Leads', schemas: [] } })
    expect(renamed).toEqual({ displayName: 'Leads', members: group.members })
    expect(memberValues(team({ op: 'replace', path: 'members', value: [{ value: '4', display: 'Four' }] }))).toEqual([
      '4',
    ])
  })
})

describe('a patch, as RFC 7644 prints it', () => {
  const printed = (name: string) => sample(`rfc/rfc7644-3.5.2.${name}`)

  it('adds', () => {
    expect(patched(userType, barbara, printed('1-patch_op-add_emails'))).toMatchObject({
      nickName: 'Babs',
      emails: [{ type: 'work' }, { value: 'babs@example.net' }, { value: 'p73a84edf@example.com' }],
    })
    expect(memberValues(patched(groupType, group, printed('1-patch_op-add_members')))).toHaveLength(3)
  })

  it('removes', () => {
    expect(patched(groupType, group, printed('2-patch_op-remove_all_members'))).toEqual({ displayName: 'Guides' })
    const tour = coerceResource(groupType, sample('rfc/rfc7643-8.4-group'))
    const one = patched(
      groupType,
      tour,
      patchOf({ op: 'remove', path: 'members[value eq"2819c223-7f76-453a-919d-413861904646"]' }),
    )
    expect(memberValues(one)).toEqual(['902c246b-6245-4190-8e05-00816be7344a'])
    const work = {
      ...barbara,
      emails: [
        { value: 'a@example.com', type: 'work' },
        { value: 'b@example.org', type: 'work' },
      ],
    }
    expect(patched(userType, work, printed('2-patch_op-remove_multi_complex_value')).emails).toEqual([
      { value: 'b@example.org', type: 'work' },
    ])
  })

  it('replaces', () => {
    expect(memberValues(patched(groupType, group, printed('3-patch_op-replace_all_members')))).toHaveLength(2)
    expect(patched(userType, barbara, printed('3-patch_op-replace_street_address')).addresses).toEqual([
      { type: 'work', streetAddress: '1010 Broadway Ave', locality: 'Leeds' },
    ])
    expect(patched(userType, barbara, printed('3-patch_op-replace_user_work_address')).addresses).toEqual([
      expect.objectContaining({ locality: 'Hollywood', postalCode: '91608', primary: true }),
    ])
    expect(patched(userType, barbara, printed('3-patch_op-replace_all_email_values')).emails).toHaveLength(2)
  })
})

describe('a patch', () => {
  it('leaves one value primary', () => {
    const added = { value: 'new@example.org', type: 'other', primary: true }
    expect(user({ op: 'add', path: 'emails', value: [added] }).emails).toEqual([
      { value: 'bjensen@example.org', type: 'work', primary: false },
      { value: 'babs@example.net', type: 'home' },
      added,
    ])
    const { emails } = patched(
      userType,
      {
        ...barbara,
        emails: [
          { value: 'a', type: 'work' },
          { value: 'b', type: 'home', primary: true },
        ],
      },
      patchOf({ op: 'replace', path: 'emails[type eq "work"].primary', value: true }),
    )
    expect(emails).toEqual([
      { value: 'a', type: 'work', primary: true },
      { value: 'b', type: 'home', primary: false },
    ])
  })

  it.each<[string, JsonObject, string]>([
    ['an attribute nobody knows', { op: 'add', path: 'shoeSize', value: 44 }, 'invalidPath'],
    ['no path at all', { op: 'remove' }, 'noTarget'],
    ['a path that is no text', { op: 'remove', path: 7 }, 'invalidPath'],
    ['what is read-only', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    ['whose groups those are', { op: 'remove', path: 'groups' }, 'mutability'],
    ['what is required', { op: 'remove', path: 'userName' }, 'mutability'],
    ['what is required, by nothing', { op: 'replace', path: 'userName', value: null }, 'mutability'],
    ['a filter nobody can read', { op: 'remove', path: 'emails[type is "work"]' }, 'invalidFilter'],
    ['a filter on what has no parts', { op: 'remove', path: 'userName[value eq "x"]' }, 'invalidPath'],
    [
      'what a filter does not describe',
      { op: 'replace', path: 'emails[type ne "work" and type ne "home"].value', value: 'x' },
      'noTarget',
    ],
    ['a value of another type', { op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue'],
    ['a list for one value', { op: 'replace', path: 'displayName', value: ['a'] }, 'invalidValue'],
    ['a value without a path', { op: 'replace', value: 'x' }, 'invalidValue'],
    ['an unknown operation', { op: 'move', path: 'title' }, 'invalidSyntax'],
  ])('of %s is refused', (_, operation, scimType) => {
    expect(() => user(operation)).toThrow(expect.objectContaining({ scimType }))
  })

  it('is no patch without its schema, without operations, or with too many', () => {
    expect(() => patched(userType, barbara, { Operations: [{ op: 'remove', path: 'title' }] })).toThrow(/PatchOp/)
    expect(() => patched(userType, barbara, patchOf())).toThrow(expect.objectContaining({ scimType: 'invalidSyntax' }))
    const many = Array.from({ length: 1001 }, () => ({ op: 'remove', path: 'title' }))
    expect(() => user(...many)).toThrow(expect.objectContaining({ scimType: 'tooMany' }))
    expect(() => team({ op: 'remove', path: 'displayName' })).toThrow(
      expect.objectContaining({ scimType: 'mutability' }),
    )
  })

  it('leaves the resource that it is given as it was, and touches nothing beside it', () => {
    const before = structuredClone(barbara)
    user({ op: 'replace', path: 'name.givenName', value: 'B.' }, { op: 'remove', path: 'emails' })
    expect(barbara).toEqual(before)
    for (const path of ['__proto__.polluted', 'constructor.prototype.polluted', 'name.__proto__'])
      expect(() => user({ op: 'add', path, value: 'x' })).toThrow(DomainError)
    user({ op: 'add', value: JSON.parse('{"__proto__": {"polluted": true}}') })
    expect({}).not.toHaveProperty('polluted')
  })
})

const value = fc.oneof(
  fc.constantFrom('x', 'True', '', null, true, 5),
  fc.record({
    value: fc.constantFrom('a@example.org', '1'),
    type: fc.constantFrom('work', 'home'),
    primary: fc.boolean(),
  }),
  fc.array(fc.record({ value: fc.constantFrom('1', '2', '3') }), { maxLength: 4 }),
)
const path = fc.constantFrom(
  ...[
    'active',
    'displayName',
    'name',
    'name.givenName',
    'emails',
    'emails[type eq "work"]',
    'emails[type eq "fax"].value',
  ],
  ...['emails[value co "example"].primary', 'phoneNumbers', 'roles', 'addresses[type eq "work"].locality', 'userName'],
  ...[enterprise, `${enterprise}:manager`, `${enterprise}:department`, 'externalId', 'title'],
)
const operation = fc.record({ op: fc.constantFrom('add', 'Replace', 'remove'), path, value })

describe('any operation', () => {
  it('changes nothing more when it is sent again', () => {
    fc.assert(
      fc.property(operation, (sent) => {
        const message = patchOf(sent as JsonObject)
        try {
          const once = patched(userType, barbara, message)
          expect(patched(userType, once, message)).toEqual(once)
        } catch (error) {
          if (!(error instanceof DomainError)) throw error
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('is done or refused, whatever it says', () => {
    const sent = fc.record(
      { op: fc.constantFrom('add', 'replace', 'remove'), path: fc.oneof(path, fc.string()), value: fc.jsonValue() },
      { requiredKeys: ['op'] },
    )
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 4 }), (operations) => {
        try {
          patched(userType, barbara, patchOf(...(operations as JsonObject[])))
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
