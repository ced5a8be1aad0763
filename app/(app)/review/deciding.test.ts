import { describe, expect, it } from 'vitest'
import { decisionsOf, isPlain, nothingSaid, wordsNeeded } from './deciding'

const low = { id: 'a', risk: 'low' as const, needsComment: false }
const high = { id: 'b', risk: 'high' as const, needsComment: true }

describe('what a reviewer has to say', () => {
  it('is nothing to certify what is of little risk', () => {
    expect(isPlain('certify', [low, low])).toBe(true)
    expect(isPlain('certify', [low, high])).toBe(false)
    expect(isPlain('revoke', [low])).toBe(false)
    expect(isPlain('defer', [low])).toBe(false)
  })

  it('is a comment of its own for each high or critical item, and one for the others together', () => {
    expect(wordsNeeded('certify', [low, high])).toEqual({ own: [high], shared: false })
    expect(wordsNeeded('revoke', [low, high])).toEqual({ own: [high], shared: true })
    expect(wordsNeeded('defer', [high])).toEqual({ own: [], shared: false })
  })

  it('is sent item by item, with how long each was looked at', () => {
    const said = { ...nothingSaid, comment: ' Not used ', own: { b: 'Looked into it' } }
    expect(decisionsOf('revoke', [low, high], said, (id) => (id === 'a' ? 0 : 1200))).toEqual([
      { item: 'a', verdict: 'revoke', comment: 'Not used', lookedMs: 0 },
      { item: 'b', verdict: 'revoke', comment: 'Looked into it', lookedMs: 1200 },
    ])
    expect(decisionsOf('defer', [low], { ...nothingSaid, deferUntil: '2026-12-01' }, () => 0)).toEqual([
      { item: 'a', verdict: 'defer', lookedMs: 0, deferUntil: '2026-12-01' },
    ])
  })
})
