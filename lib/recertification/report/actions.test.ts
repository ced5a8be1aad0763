import { describe, expect, it } from 'vitest'
import { actionChoices } from '@/lib/audit/deeds'
import { actionTitle } from './actions'

// A draft that is thrown away takes its course with it; the other is the group of them all.
const untold = new Set(['campaigns.discard', 'campaigns.*'])

describe('the course of a campaign', () => {
  it('has words for whatever is done to one', () => {
    const done = actionChoices().filter(({ value }) => value.startsWith('campaigns.') && !untold.has(value))
    expect(done.length).toBeGreaterThan(20)
    expect(done.map(({ value }) => value).filter((action) => actionTitle(action) === action)).toEqual([])
  })
})
