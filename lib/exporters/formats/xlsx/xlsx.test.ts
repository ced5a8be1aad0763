import { unzipSync } from 'fflate'
import readWorkbook from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { contentOf, fileOf, hostileNames, row } from '../testing'
import { xlsxFormat } from '.'

describe('a workbook', () => {
  it('reads back equal: texts in any script, numbers, yes and no, instants to the millisecond', async () => {
    const rows = hostileNames.map((name, index) =>
      row(String(index), name, { count: index - 1, open: index % 2 === 0 }),
    )
    const [sheet, about] = await readWorkbook(await fileOf(xlsxFormat, contentOf(rows)))
    expect(sheet?.sheet).toBe('Matrix')
    // The library cuts off what floating point leaves of a millisecond.
    const data = sheet?.data.map((cells) =>
      cells.map((cell) => (cell instanceof Date ? new Date(Math.ceil(cell.getTime() / 3) * 3) : cell)),
    )
    expect(data).toEqual([
      ['Key', 'Name', 'Count', 'Open', 'Since (UTC)', 'Tags'],
      ...hostileNames.map((name, index) => [
        String(index),
        name,
        index - 1,
        index % 2 === 0,
        new Date('2026-03-03T14:00:00.123Z'),
        'a; b',
      ]),
    ])
    expect(about?.sheet).toBe('About')
    expect(about?.data).toContainEqual(['Rows', '6'])
    expect(about?.data).toContainEqual(['Narrowed to', 'team: iam'])
  })

  it('cuts a text that no cell holds, and says so', async () => {
    const [sheet] = await readWorkbook(await fileOf(xlsxFormat, contentOf([row('1', 'x'.repeat(40_000))])))
    const text = String(sheet?.data[1]?.[1])
    expect(text).toHaveLength(32_767)
    expect(text).toMatch(/… \(40,000 characters, cut here\)$/)
  })

  it('replaces what XML cannot carry, and has no formula', async () => {
    const file = await fileOf(xlsxFormat, contentOf([row('1', 'a\u0000b\ud800c'), row('2', '=1+1')]))
    const [sheet] = await readWorkbook(file)
    expect(sheet?.data.slice(1).map((cells) => cells[1])).toEqual(['a\ufffdb\ufffdc', '=1+1'])
    const xml = Buffer.from(unzipSync(file)['xl/worksheets/sheet1.xml'] ?? []).toString()
    expect(xml).not.toContain('<f>')
    expect(xml).toContain('state="frozen"')
    expect(xml).toContain('<autoFilter ref="A1:F3"/>')
  })
})
