import { expect, it } from 'vitest'
import { blockSeconds, forgetAfterSeconds } from './throttle'

it.each([
  ['account', 5, 0],
  ['account', 6, 1],
  ['account', 7, 2],
  ['account', 15, 512],
  ['account', 16, 900],
  ['account', 10_000, 900],
  ['address', 100, 0],
  ['address', 101, 1],
  ['address', 10_000, 900],
] as const)('an %s is blocked after %i failures in a row for %i s', (kind, failures, seconds) => {
  expect(blockSeconds(kind, failures)).toBe(seconds)
})

it('forgets nothing while it blocks', () => {
  expect(forgetAfterSeconds).toBeGreaterThan(blockSeconds('account', 10_000))
})
