import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csv } from '@/lib/exporters/csv'
import type { Terminal } from '../terminal'
import { flatten } from './flatten'
import { problemLines } from './problems'
import { columns, oneLine } from './table'

const plain: Terminal = {
  print: () => undefined,
  complain: () => undefined,
  style: (style, text) => (style === 'bold' ? `<${text}>` : text),
  env: {},
  folder: '/',
  now: () => new Date(0),
}

describe('csv', () => {
  it('quotes as RFC 4180 says', () => {
    expect(
      csv(
        ['a', 'b'],
        [
          ['x,y', 'say "hi"'],
          ['two\nlines', ''],
        ],
      ),
    ).toBe('a,b\r\n"x,y","say ""hi"""\r\n"two\nlines",\r\n')
  })

  it.each(['=1+1', '+1', '@x', '-cmd', '\tx', '\uFF1D1+1'])('makes %j a text to spreadsheets', (text) => {
    expect(
      csv(['a'], [[text]])
        .split('\r\n')[1]
        ?.replace(/^"/, ''),
    ).toBe(`'${text}`)
  })

  it('leaves numbers as they are', () => {
    expect(csv(['a', 'b'], [['-5', '-1.5']])).toBe('a,b\r\n-5,-1.5\r\n')
  })

  it('is read back as it was by any reader, but for the marks before formulas', () => {
    const cell = fc.string().filter((text) => !/^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text))
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1 })
    fc.assert(
      fc.property(rows, (written) => {
        const read: string[][] = parse(csv(['a', 'b'], written), { record_delimiter: '\r\n' })
        expect(read.slice(1)).toEqual(written)
      }),
    )
  })
})

describe('flatten', () => {
  it('makes columns of what is inside, and none for what is missing there', () => {
    const { columns: names, rows } = flatten([
      { slug: 'a', sponsor: null, teams: [] },
      { slug: 'b', sponsor: { externalId: 'ana', name: 'Ana' }, teams: [{ slug: 'iam' }, { team: { slug: 'iga' } }] },
    ])
    expect(names).toEqual(['slug', 'teams', 'sponsor.externalId', 'sponsor.name'])
    expect(rows.map((row) => names.map((name) => row.get(name) ?? ''))).toEqual([
      ['a', '', '', ''],
      ['b', 'iam; iga', 'ana', 'Ana'],
    ])
  })
})

describe('columns', () => {
  it('aligns by characters, styles after measuring, and pads nothing at the end', () => {
    expect(
      columns(
        ['A', 'B'],
        [
          ['long one', { text: 'x', style: 'bold' }],
          ['é', 'y'],
        ],
        plain,
      ),
    ).toBe('<A>         <B>\nlong one  <x>\né         y\n')
  })
})

describe('text from elsewhere', () => {
  it('cannot command the terminal', () => {
    expect(oneLine('a\u001b[31mb\nc\u0007')).toBe('a\uFFFD[31mb c\uFFFD')
  })

  it('stands at its place as compilers say it', () => {
    const problem = { file: 'a.yaml', line: 3, field: 'agents[0].slug', message: 'Missing' }
    expect(problemLines('error', [problem])).toEqual(['a.yaml:3 agents[0].slug Missing'])
    expect(problemLines('warning', [{ ...problem, line: null, field: null }])).toEqual(['a.yaml warning: Missing'])
  })
})
