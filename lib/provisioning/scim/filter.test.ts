import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '@/lib/use-cases/errors'
import { parseFilter } from './filter'
import { matches } from './matches'
import { groupType, userType } from './schema'
import { barbara, enterprise } from './testing/samples'

const holds = (filter: string) => matches(parseFilter(userType, filter), barbara)

describe('a filter', () => {
  it.each([
    'userName eq "BJENSEN@example.org"',
    'USERNAME Eq "bjensen@example.org"',
    'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "bjen"',
    'name.familyName co "ense"',
    'displayName ew "jensen"',
    'active eq true',
    'active eq "True"',
    'active ne false',
    'title eq null',
    'not (title pr)',
    'emails pr',
    'emails.type eq "home" and emails co "example.net"',
    'emails[type eq "work" and value co "example.org"]',
    'emails co "@example.net" or title pr',
    'externalId ge "701984" and externalId le "701984"',
    'externalId gt "70" and externalId lt "71"',
    `${enterprise}:department eq "tours"`,
    `${enterprise}:manager eq "26118915"`,
    `${enterprise}:manager.value pr`,
    'userName ne "somebody"',
    'title ne "Manager"',
    'not (userName eq "x") and (active eq true or title pr)',
  ])('%s is met', (filter) => {
    expect(holds(filter)).toBe(true)
  })

  it.each([
    'userName eq "bjensen"',
    'externalId eq "701984 "',
    'emails[type eq "home" and value co "example.org"]',
    'title pr',
    'active eq false',
    'emails ne "babs@example.net"',
    'title co "x"',
  ])('%s is not met', (filter) => {
    expect(holds(filter)).toBe(false)
  })

  it.each([
    ['', 'nothing'],
    ['userName eq bjensen', 'a text without quotes'],
    ['userName', 'half of it'],
    ['nobodyKnows eq "x"', 'an attribute that is not there'],
    ['name eq "x"', 'an attribute that has parts'],
    ['emails[nobodyKnows eq "x"]', 'a part that is not there'],
    ['active gt true', 'an order of booleans'],
    ['active eq "perhaps"', 'a text that is no boolean'],
    ['userName eq true', 'a boolean for a text'],
    ['userName gt null', 'an order of nothing'],
    ['meta.created gt "yesterday"', 'a text that is no date'],
    ['meta.created gt "+020000-01-01T00:00:00Z"', 'a date that no database holds'],
    ['(userName eq "x"', 'a bracket that stays open'],
    [`${'('.repeat(30)}userName eq "x"${')'.repeat(30)}`, 'brackets too deep'],
    [`${'not '.repeat(200)}(userName pr)`, 'too many terms'],
    [`userName eq "${'\n'.repeat(60)}`, 'line breaks, on which its parser would hang'],
    [`userName eq "${'x'.repeat(2000)}"`, 'too much'],
  ])('%s is refused: %s', (filter) => {
    expect(() => parseFilter(userType, filter)).toThrow(
      expect.objectContaining({ scimType: 'invalidFilter', code: 'invalid_input' }),
    )
  })

  it('compares instants, and knows what groups have', () => {
    const at = parseFilter(userType, 'meta.lastModified ge "0001-01-03T00:00:00.0000000Z"')
    expect(at).toMatchObject({ kind: 'compare', value: '0001-01-03T00:00:00.000Z' })
    expect(parseFilter(groupType, 'displayName eq "Guides" and members eq "1"')).toMatchObject({ kind: 'and' })
  })

  it('is read or refused, whatever it says', () => {
    const word = fc.constantFrom(
      ...[
        'userName',
        'emails',
        'name.givenName',
        'active',
        'eq',
        'ne',
        'co',
        'pr',
        'and',
        'or',
        'not',
        'null',
        'true',
        '1',
      ],
      ...['(', ')', '[', ']', '"', '"x"', '.', '\\', 'type', ' '],
    )
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 25 }).map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(text, (filter) => {
        try {
          matches(parseFilter(userType, filter), barbara)
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
