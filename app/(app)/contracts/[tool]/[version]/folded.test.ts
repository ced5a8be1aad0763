import { describe, expect, it } from 'vitest'
import type { DiffRow } from '@/lib/contracts/line-diff'
import { folded } from './folded'

const rowsOf = (pattern: string): DiffRow[] =>
  [...pattern].map((mark, index) => ({
    left: { number: index + 1, text: mark },
    right: mark === '-' ? null : { number: index + 1, text: mark },
    same: mark === '=',
  }))
const told = (pattern: string) =>
  folded(rowsOf(pattern))
    .map((row) => (row.kind === 'fold' ? `(${row.count})` : (row.row.left?.text ?? '')))
    .join('')

describe('rows of a diff', () => {
  it('keep three equal lines around a difference and fold the rest to its number', () => {
    expect(told('==========-==========')).toBe('(7)===-===(7)')
  })

  it('do not fold what takes no more place unfolded', () => {
    expect(told('=====-=====')).toBe('=====-=====')
    expect(told('')).toBe('')
    expect(told('-')).toBe('-')
  })

  it('lose no line', () => {
    const pattern = '====-=======--==========-='
    const lines = folded(rowsOf(pattern)).reduce((sum, row) => sum + (row.kind === 'fold' ? row.count : 1), 0)
    expect(lines).toBe(pattern.length)
  })
})
