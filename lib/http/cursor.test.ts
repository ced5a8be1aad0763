import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { DomainError } from '@/lib/use-cases/errors'
import { decodeCursor, encodeCursor } from './cursor'
import { cutPage, listName } from './page'

beforeAll(() => {
  process.env.NEXTAUTH_SECRET ??= 'a secret for the cursors of these tests'
})

const refusal = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error instanceof DomainError ? error.code : error
  }
  return 'accepted'
}

describe('a cursor', () => {
  it('comes back as the key it was made of', () => {
    const key = fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { maxLength: 8 })
    fc.assert(
      fc.property(key, (parts) => {
        expect(decodeCursor('list', encodeCursor('list', parts))).toEqual(parts)
      }),
    )
  })

  it('fits no other list, and not the same list with other filters', () => {
    const cursor = encodeCursor(listName('matrix', { risk: ['high'] }), ['a'])
    expect(refusal(() => decodeCursor(listName('matrix', { risk: ['low'] }), cursor))).toBe('invalid_cursor')
  })

  /** Whatever a client sends instead of a cursor of ours is refused, and nothing else happens. */
  it('is refused when it was changed or made up', () => {
    const cursor = encodeCursor('list', ['a', 1])
    const madeUp = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc
        .nat(cursor.length - 1)
        .map((at) => `${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`),
    )
    fc.assert(
      fc.property(madeUp, (text) => {
        expect(refusal(() => decodeCursor('list', text))).toBe('invalid_cursor')
      }),
    )
  })
})

describe('a page', () => {
  const key = (row: number) => [row]

  it('points at its last row when there is more', () => {
    const { rows, next } = cutPage('list', [1, 2, 3], 2, key)
    expect(rows).toEqual([1, 2])
    expect(decodeCursor('list', String(next))).toEqual([2])
  })

  it('ends where the list ends', () => {
    expect(cutPage('list', [1, 2], 2, key)).toEqual({ rows: [1, 2], next: null })
    expect(cutPage('list', [], 2, key)).toEqual({ rows: [], next: null })
  })
})
