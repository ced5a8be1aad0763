import { describe, expect, it } from 'vitest'
import { lifetimeOf, lifetimeSeconds, lifetimeText } from './lifetime'

describe('lifetime', () => {
  it('comes back as the seconds it was', () => {
    for (const seconds of [30, 90, 900, 3600, 5400, 86_400, 90_000]) {
      expect(lifetimeSeconds(lifetimeOf(seconds))).toBe(seconds)
    }
  })

  it('reads in the largest whole unit', () => {
    expect(lifetimeText(900)).toBe('15 minutes')
    expect(lifetimeText(3600)).toBe('1 hour')
    expect(lifetimeText(172_800)).toBe('2 days')
    expect(lifetimeText(1)).toBe('1 second')
  })
})
