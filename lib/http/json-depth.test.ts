import fc from 'fast-check'
import { expect, it } from 'vitest'
import { JsonDepth } from './json-depth'

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

it('is the depth of what the text stands for, however it is cut into pieces', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 1, max: 9 }), (value, size) => {
      const bytes = new TextEncoder().encode(JSON.stringify(value))
      const depth = new JsonDepth()
      let deepest = 0
      for (let at = 0; at < bytes.length; at += size) deepest = depth.after(bytes.subarray(at, at + size))
      expect(deepest).toBe(depthOf(value))
    }),
  )
})

it('takes brackets in strings for text', () => {
  expect(new JsonDepth().after(new TextEncoder().encode('{"a":"[[[\\"[[[\\\\","b":[1]}'))).toBe(2)
})
