import { describe, expect, it } from 'vitest'
import { isAnnounced } from './announced'

const startsAt = new Date('2026-11-30T23:00:00Z')

describe('isAnnounced', () => {
  it('counts days where the organisation is', () => {
    const announced = (now: string) => isAnnounced('P7D', startsAt, new Date(now), 'Europe/Berlin')
    expect(announced('2026-11-23T22:59:00Z')).toBe(false)
    expect(announced('2026-11-23T23:00:00Z')).toBe(true)
    expect(announced('2026-11-30T22:59:00Z')).toBe(true)
  })

  it('is never so without an announcement', () => {
    expect(isAnnounced(null, startsAt, startsAt, 'UTC')).toBe(false)
  })
})
