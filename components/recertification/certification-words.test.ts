import { describe, expect, it } from 'vitest'
import { askedWords } from './certification-words'

describe('what came of asking', () => {
  it.each([
    ['open', null, 'Asked, not answered yet'],
    ['answered', 'certify', 'To be certified when the campaign closes'],
    ['settled', 'revoke', 'To be revoked when the campaign closes'],
    ['contested', 'revoke', 'To be revoked, contested'],
    ['settled', 'no_response', 'Nobody answered'],
    ['applied', 'certify', 'Certified'],
    ['applied', 'no_response', 'Nobody answered'],
    ['withdrawn', 'certify', 'Not asked about any more'],
  ] as const)('is said for %s and %s', (state, outcome, words) => {
    expect(askedWords({ state, outcome })).toBe(words)
  })
})
