import { describe, expect, it } from 'vitest'
import { gapStates } from '../model'
import { mayMove, movesFrom, workStates } from './states'

describe('the states of work on a gap', () => {
  it.each([
    ['open', ['acknowledged', 'remediating']],
    ['acknowledged', ['open', 'remediating']],
    ['remediating', ['open', 'acknowledged']],
    ['resolved', []],
    ['excepted', []],
  ] as const)('leads from %s to %j', (from, to) => {
    expect(movesFrom(from)).toEqual(to)
  })

  it('never gives a state by hand that follows from the facts', () => {
    for (const from of gapStates)
      for (const to of ['resolved', 'excepted'] as const) expect(mayMove(from, to)).toEqual(expect.any(String))
  })

  it('says why a state cannot be left', () => {
    for (const to of workStates) {
      expect(mayMove('resolved', to)).toContain('reopens by itself')
      expect(mayMove('excepted', to)).toContain('withdraw the exception')
      expect(mayMove(to, to)).toBe(`It is ${to} already.`)
    }
  })
})
