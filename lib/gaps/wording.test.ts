import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lasting, listed } from './wording'

it.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [3600, '1 hour'],
  [5400, '1 hour 30 minutes'],
  [90_061, '1 day 1 hour 1 minute 1 second'],
])('%i seconds are %s', (seconds, words) => {
  expect(lasting(seconds)).toBe(words)
})

it('lists the first names in order and counts the others', () => {
  expect(listed(['hr', 'crm', 'erp', 'wiki', 'mail'])).toBe('crm, erp, hr and 2 more')
  expect(listed(['b', 'a'])).toBe('a, b')
  expect(listed([])).toBe('')
  const anyNames = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'))
  fc.assert(
    fc.property(anyNames, fc.integer({ min: 1, max: 4 }), (names, shown) => {
      const [first] = listed(names, shown).split(' and ')
      expect(first).toBe(names.toSorted().slice(0, shown).join(', '))
    }),
  )
})
