import fc from 'fast-check'
import { expect, it } from 'vitest'
import { departuresMax, isHeld } from './departures'

const policy = { people: 10, percent: 5 }

it('lets as many go as the policy allows, whichever of the two is more', () => {
  expect(departuresMax(40, policy)).toBe(10)
  expect(departuresMax(1000, policy)).toBe(50)
  expect(isHeld(9, 40, policy)).toBe(false)
  expect(isHeld(10, 40, policy)).toBe(true)
  expect(isHeld(49, 1000, policy)).toBe(false)
  expect(isHeld(50, 1000, policy)).toBe(true)
})

it('holds all that come after one that was held', () => {
  fc.assert(
    fc.property(fc.nat(2000), fc.nat(5000), (departed, provisioned) => {
      if (isHeld(departed, provisioned, policy)) expect(isHeld(departed + 1, provisioned, policy)).toBe(true)
    }),
  )
})
