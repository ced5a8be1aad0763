import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DatasetRow } from '../datasets/model'
import { csvFormat } from './csv'
import { jsonFormat, ndjsonFormat } from './json'
import { contentOf, fileOf, hostileNames, row } from './testing'

const rowOf = fc.record({
  key: fc.uuid(),
  name: fc.option(fc.string({ unit: 'binary' }), { nil: null }),
  count: fc.option(fc.integer(), { nil: null }),
  open: fc.option(fc.boolean(), { nil: null }),
  since: fc.option(
    fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
    { nil: null },
  ),
  tags: fc.array(fc.stringMatching(/^[a-z-]+$/)),
})

const asCell = (value: DatasetRow[string] | undefined): string =>
  value === null || value === undefined ? '' : Array.isArray(value) ? value.join('; ') : String(value)

describe('CSV', () => {
  it('for machines reads back as it was, whatever the values are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rowOf, { maxLength: 20 }), async (rows) => {
        const file = await fileOf(csvFormat, contentOf(rows, { raw: true }))
        const read: string[][] = parse(file, { record_delimiter: '\r\n' })
        expect(read).toEqual([
          ['key', 'name', 'count', 'open', 'since', 'tags'],
          ...rows.map(({ key, name, count, open, since, tags }) => [key, name, count, open, since, tags].map(asCell)),
        ])
      }),
    )
  })

  it('for people begins no cell like a formula, and keeps numbers numbers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rowOf, { maxLength: 20 }), async (rows) => {
        const read: string[][] = parse(await fileOf(csvFormat, contentOf(rows)), { record_delimiter: '\r\n' })
        for (const cell of read.flat())
          expect(cell).toMatch(/^(?![=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])|^-?\d+(?:\.\d+)?$/)
      }),
    )
  })

  it('neutralises a formula in a name, and says so by an apostrophe', async () => {
    const rows = [row('1', hostileNames[0])]
    expect((await fileOf(csvFormat, contentOf(rows))).toString()).toContain(`"'=HYPERLINK(""http://x"",""y"")"`)
    expect((await fileOf(csvFormat, contentOf(rows, { raw: true }))).toString()).toContain(`1,"=HYPERLINK(`)
  })
})

describe('JSON and NDJSON', () => {
  it('read back as the rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rowOf, { maxLength: 20 }), async (rows) => {
        expect(JSON.parse((await fileOf(jsonFormat, contentOf(rows))).toString())).toEqual(rows)
        const lines = (await fileOf(ndjsonFormat, contentOf(rows))).toString().split('\n').slice(0, -1)
        expect(lines.map((line) => JSON.parse(line))).toEqual(rows)
      }),
    )
  })

  it('have the columns that were chosen, in the order chosen', async () => {
    const [first, second] = contentOf([]).columns
    const chosen = second && first ? [second, first] : []
    const file = await fileOf(ndjsonFormat, contentOf([row('1', 'One')], { columns: chosen }))
    expect(file.toString()).toBe('{"name":"One","key":"1"}\n')
  })
})
