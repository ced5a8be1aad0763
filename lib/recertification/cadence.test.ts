import { describe, expect, it } from 'vitest'
import { riskTiers } from '@/lib/registry/model'
import { type Certification, certificationStanding, certifiedUntil } from './cadence'

const day = 86_400_000
const now = Date.parse('2026-11-24T12:00:00Z')
const cadence = { low: 365, medium: 180, high: 90, critical: 30 }
const certification = (more: Partial<Certification> = {}): Certification => ({
  risk: 'high',
  activeSince: now - 500 * day,
  certifiedAt: now - 10 * day,
  lostAt: null,
  ...more,
})
const standing = (more: Partial<Certification>) => certificationStanding(certification(more), cadence, now)

describe('a certification', () => {
  it.each(riskTiers)('holds as long as %s risk lets it, to the millisecond', (risk) => {
    const certifiedAt = now - cadence[risk] * day
    expect(certifiedUntil(certification({ risk, certifiedAt }), cadence)).toBe(now)
    expect(standing({ risk, certifiedAt })).toBe('certified')
    expect(standing({ risk, certifiedAt: certifiedAt - 1 })).toBe('expired')
  })

  it('is none from before the access became active', () => {
    expect(certifiedUntil(certification({ activeSince: now - 5 * day }), cadence)).toBeNull()
    expect(standing({ activeSince: now - 5 * day })).toBe('never')
    expect(standing({ activeSince: now - 10 * day })).toBe('certified')
    expect(standing({ activeSince: null })).toBe('certified')
    expect(standing({ certifiedAt: null })).toBe('never')
  })

  it('is over when something takes it away, and not before it was given', () => {
    expect(certifiedUntil(certification({ lostAt: now - day }), cadence)).toBe(now - day)
    expect(standing({ lostAt: now - day })).toBe('lost')
    expect(standing({ lostAt: now })).toBe('lost')
    expect(standing({ lostAt: now - 11 * day })).toBe('certified')
  })

  it('does not last longer for being taken away late', () => {
    const late = certification({ certifiedAt: now - 100 * day, lostAt: now - day })
    expect(certifiedUntil(late, cadence)).toBe(now - 10 * day)
  })
})
