import { describe, expect, it } from 'vitest'
import { ownerSentence, ownerStatusOf } from './owner-status'

const owner = { team: 'IAM', source: 'binding', confirmed: true, credible: true } as const

describe('the status of an owner', () => {
  it.each([
    [owner, 'owned'],
    [{ ...owner, confirmed: false }, 'unconfirmed'],
    [{ ...owner, credible: false }, 'orphaned'],
    [{ ...owner, confirmed: false, credible: false }, 'orphaned'],
    [{ ...owner, team: null, source: null }, 'unowned'],
  ])('of %o is %s', (given, status) => {
    expect(ownerStatusOf(given)).toBe(status)
  })

  it('is said in one sentence', () => {
    expect(ownerSentence(owner)).toBe('IAM, set on this binding')
    expect(ownerSentence({ ...owner, source: 'agent', confirmed: false })).toBe(
      'IAM, inherited from the agent, unconfirmed',
    )
    expect(ownerSentence({ ...owner, team: null, source: null })).toBe('Unowned')
  })
})
