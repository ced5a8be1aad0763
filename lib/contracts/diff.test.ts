import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalText, prettyText } from './canonical'
import { limitsChanges } from './diff'
import { limitsDigest } from './digest'
import { lineDiff } from './line-diff'
import type { DecisionVector, Limits } from './model'

const vector = (name: string, more: Partial<DecisionVector> = {}): DecisionVector => ({
  name,
  subject: { type: 'agent', id: 'bot' },
  action: { name: 'read' },
  resource: { type: 'claim', id: '1' },
  decision: true,
  ...more,
})
const told = (from: Limits, to: Limits) => limitsChanges(from, to).map(({ kind, text }) => `${kind}: ${text}`)

describe('the changes between two contracts', () => {
  it('are told limit by limit', () => {
    const from: Limits = { actions: ['read', 'write'], resources: ['a/*'], maxCredentialLifetime: 'PT1H' }
    const to: Limits = {
      actions: ['read', 'pay'],
      resources: ['a/*'],
      maxCredentialLifetime: 'PT15M',
      approval: 'The lead',
    }
    expect(told(from, to)).toEqual([
      'removed: Action "write" is taken out',
      'added: Action "pay" is new',
      'changed: The longest credential lifetime: PT1H → PT15M',
      'added: Approval is new: The lead',
    ])
  })

  it('are told vector by vector, by name', () => {
    const from: Limits = { vectors: [vector('one'), vector('two'), vector('gone')] }
    const to: Limits = {
      vectors: [vector('one', { decision: false, context: { hour: 3 } }), vector('two'), vector('new')],
    }
    expect(told(from, to)).toEqual([
      'changed: Vector "one": allow → deny, context',
      'removed: Vector "gone" (allow) is taken out',
      'added: Vector "new" (allow) is new',
    ])
  })

  it('are told when only the order differs, or a list is left out', () => {
    expect(told({ actions: ['a', 'b'] }, { actions: ['b', 'a'] })).toEqual([
      'changed: The actions stand in another order',
    ])
    expect(told({ actions: ['a', 'a'] }, { actions: ['a'] })).toEqual(['removed: Action "a" is taken out'])
    expect(told({}, { actions: [] })).toEqual(['added: The actions are stated, and there is none'])
    expect(told({ conditions: [] }, {})).toEqual(['removed: The conditions are not stated any more'])
  })
})

const words = fc.constantFrom('a', 'b', 'c')
const someList = fc.array(words, { maxLength: 3 })
const anyLimits: fc.Arbitrary<Limits> = fc.record(
  {
    actions: someList,
    resources: someList,
    conditions: someList,
    maxCredentialLifetime: fc.constantFrom('PT1M', 'PT2M'),
    approval: words,
    vectors: fc.array(
      fc
        .tuple(words, fc.boolean(), fc.option(words))
        .map(([name, decision, at]) => vector(name, { decision, ...(at !== null && { context: { at } }) })),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
)

/** What the list of changes says and what the digest says can never part. */
it('there is a change exactly when the digests differ, and both sides of the line diff are the documents', () => {
  fc.assert(
    fc.property(anyLimits, anyLimits, (from, to) => {
      const digestOf = (limits: Limits) => limitsDigest(JSON.parse(canonicalText(limits)))
      expect(limitsChanges(from, to).length > 0).toBe(digestOf(from) !== digestOf(to))
      const rows = lineDiff(from, to)
      expect(rows.flatMap(({ left }) => left?.text ?? []).join('\n')).toBe(prettyText(from))
      expect(rows.flatMap(({ right }) => right?.text ?? []).join('\n')).toBe(prettyText(to))
      expect(rows.every(({ same, left, right }) => !same || left?.text === right?.text)).toBe(true)
    }),
  )
})
