import { describe, expect, it } from 'vitest'
import { attestedStatus } from './attested'
import { checkDocument } from './check'
import { covers } from './patterns'
import { remarksOn } from './remarks'

const day = 86_400_000

describe('a document as somebody typed it', () => {
  it('has the same digest however it is laid out', () => {
    const one = checkDocument('{"actions":["read"],"approval":"lead"}')
    const other = checkDocument('{\n  "approval": "lead",\n  "actions": [ "read" ]\n}')
    expect(one).toMatchObject({ valid: true, canonical: '{"actions":["read"],"approval":"lead"}' })
    expect(other.valid && other.digest).toBe(one.valid && one.digest)
  })

  it('is told what is wrong on which line', () => {
    expect(checkDocument('{\n  "actions": ["read"],\n  "approval": 7\n}')).toMatchObject({
      errors: [{ field: 'limits.approval', line: 3 }],
    })
    expect(checkDocument('{\n  "actions": ["read",]\n}')).toMatchObject({
      errors: [{ field: 'limits', line: 2, message: 'Not valid JSON: a comma before "]"' }],
    })
    expect(checkDocument('{"vectors": [\n{"name": "x"}]}')).toMatchObject({
      errors: expect.arrayContaining([{ field: 'limits.vectors[0].decision', line: 2, message: expect.any(String) }]),
    })
  })

  it('is refused in one sentence when it is huge or bottomless', () => {
    expect(checkDocument(`{"approval":"${'x'.repeat(5_000_000)}"}`)).toMatchObject({ errors: [{ field: 'limits' }] })
    expect(checkDocument('['.repeat(100_000))).toMatchObject({
      errors: [{ message: expect.stringContaining('nested deeper than') }],
    })
  })
})

it('a pattern covers by its pieces in order', () => {
  const covered = (pattern: string, ...texts: string[]) => texts.map((text) => covers(pattern, text))
  expect(covered('claims/*', 'claims/1', 'claims/', 'claims', 'x/claims/1')).toEqual([true, true, false, false])
  expect(covered('*', '', 'anything')).toEqual([true, true])
  expect(covered('a*b*c', 'abc', 'axxbyyc', 'acb', 'abcb')).toEqual([true, true, false, false])
  expect(covered('ab*ba', 'aba', 'abba')).toEqual([false, true])
  expect(covered('a.b', 'a.b', 'axb')).toEqual([true, false])
})

it('remarks on vectors that contradict the limits beside them, and on those that prove nothing', () => {
  const vector = {
    name: 'x',
    subject: { type: 'agent', id: 'bot' },
    action: { name: 'delete' },
    resource: { type: 'claim', id: '7' },
    decision: true,
  }
  const fieldsOf = (limits: Parameters<typeof remarksOn>[0]) => remarksOn(limits).map(({ field }) => field)
  expect(fieldsOf({ actions: ['read'] })).toEqual(['limits.vectors'])
  expect(fieldsOf({ actions: ['read'], vectors: [vector, { ...vector, decision: false }] })).toEqual([
    'limits.vectors[0]',
  ])
  expect(fieldsOf({ actions: ['del*'], resources: ['claim:*'], vectors: [vector] })).toEqual(['limits.vectors'])
  expect(fieldsOf({ resources: ['policy/*'], vectors: [vector, { ...vector, decision: false }] })).toEqual([
    'limits.vectors[0]',
  ])
})

it('an attestation is stale one millisecond after its days, and another digest is worse than age', () => {
  const at = (digest: string, age: number) => attestedStatus({ digest, at: 0 }, 'd', age, 90)
  expect([at('d', 90 * day), at('d', 90 * day + 1), at('e', 91 * day)]).toEqual(['match', 'stale', 'mismatch'])
  expect(attestedStatus(null, 'd', 0, 90)).toBe('none')
  expect(attestedStatus({ digest: 'd', at: 0 }, null, 0, 90)).toBe('mismatch')
})
