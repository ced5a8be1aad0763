import { expect, it } from 'vitest'
import { durationSeconds } from './duration'

it.each([
  ['PT15M', 900],
  ['PT1H', 3600],
  ['P1D', 86_400],
  ['P1DT2H3M4S', 93_784],
  ['PT0S', 0],
])('%s is %i seconds', (duration, seconds) => {
  expect(durationSeconds(duration)).toBe(seconds)
})

it.each(['15 minutes', '', 'P', 'P1DT', 'P1M', '-PT1S', 'PT1.5H'])('refuses %j', (duration) => {
  expect(() => durationSeconds(duration)).toThrow(RangeError)
})
