import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fileResponse } from './file'

/** A name of somebody's making never ends the header, begins another or leads to another folder. */
it('a file is saved under a name of letters, digits, dots and hyphens, whatever it is of', () => {
  const names = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      'a"; filename="evil.exe',
      'a\r\nSet-Cookie: x=1',
      '../../etc/passwd',
      'a\u0000b',
      'C:\\x',
      '\u202Efdp.exe',
    ),
  )
  fc.assert(
    fc.property(names, (name) => {
      const { headers } = fileResponse(name, 'text/csv', '')
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]*"$/)
      expect([...headers.keys()].sort()).toEqual([
        'cache-control',
        'content-disposition',
        'content-type',
        'x-content-type-options',
      ])
    }),
  )
})
