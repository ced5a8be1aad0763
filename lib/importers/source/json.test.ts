import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from './json'

describe('parseJson', () => {
  it('agrees with JSON.parse on every JSON text', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 2), (text, indent) => {
        const value: unknown = JSON.parse(text)
        const read = parseJson(JSON.stringify(value, null, indent))
        expect(read).toMatchObject({ ok: true })
        if (read.ok) expect(JSON.stringify(read.value.value)).toBe(JSON.stringify(value))
      }),
    )
  })

  it('refuses whatever JSON.parse refuses', () => {
    const alphabet = fc.constantFrom(...'{}[]",:0-1.e\\tnu \n')
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 12 }), (characters) => {
        const text = characters.join('')
        let valid = true
        try {
          JSON.parse(text)
        } catch {
          valid = false
        }
        if (!valid) expect(parseJson(text).ok).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it('knows the line of keys, items and nearest ancestors', () => {
    const read = parseJson('{\n "a": [\n  1,\n  { "b":\n 2 }\n ]\n}')
    if (!read.ok) throw new Error('expected JSON')
    expect([[], ['a'], ['a', 1], ['a', 1, 'b'], ['a', 1, 'c'], ['z']].map((path) => read.value.lineOf(path))).toEqual([
      1, 2, 4, 4, 4, 1,
    ])
  })

  it.each<[text: string, line: number, message: string]>([
    ['', 1, 'the file is empty'],
    ['{\n"a": tru\n}', 2, 'expected a value, found "t"'],
    ['{\n"a": 1,\n}', 2, 'a comma before "}"'],
    ['{"a":1}\nx', 2, 'unexpected "x" after the end of the document'],
    ['{"a":1,\n"a":2}', 2, 'the key "a" stands here twice'],
    ['["\n"]', 1, 'a line break or control character inside a string'],
    ['"abc', 1, 'a string that never ends'],
    ['"\\x"', 1, 'a wrong escape sequence in a string'],
    ['[1\n2]', 2, 'expected "," or "]", found "2"'],
    ['['.repeat(1_000_000), 1, 'nested deeper than 64 levels'],
  ])('refuses %j on line %i', (text, line, message) => {
    expect(parseJson(text)).toEqual({ ok: false, faults: [{ line, message: `Not valid JSON: ${message}` }] })
  })
})
