import { expect, it } from 'vitest'
import { lasting } from './wording'

it.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [3600, '1 hour'],
  [5400, '1 hour 30 minutes'],
  [90_061, '1 day 1 hour 1 minute 1 second'],
])('%i seconds are %s', (seconds, words) => {
  expect(lasting(seconds)).toBe(words)
})
