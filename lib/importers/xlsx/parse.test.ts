import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { contentOf, fileOf, row } from '@/lib/exporters/formats/testing'
import { xlsxFormat } from '@/lib/exporters/formats/xlsx'
import { importLimits } from '../model'
import { errorLines } from '../testing'
import { importXlsx } from './parse'
import { refusalOfZip } from './unpack'

type Cells = Parameters<typeof writeWorkbook>[0]
const workbook = async (sheets: { sheet: string; data: unknown[][] }[]) =>
  await writeWorkbook(sheets as unknown as Cells).toBuffer()
const parse = (bytes: Uint8Array, name = 'x.xlsx') => importXlsx([{ name, bytes }])

describe('importXlsx', () => {
  it('reads each sheet as a table, with dates, numbers and yes or no as they were typed', async () => {
    const file = await workbook([
      {
        sheet: 'Bindings',
        data: [
          ['agent', 'tool', 'risk', 'certifiedAt', 'allowlistPresent'],
          ['support-bot', 'crm', 'High', { value: new Date('2026-10-01'), type: Date, format: 'yyyy-mm-dd' }, true],
        ],
      },
      {
        sheet: 'Teams',
        data: [
          ['slug', 'name', 'function'],
          ['iam', 'Identity', 'IAM'],
        ],
      },
      { sheet: 'Notes', data: [['Whatever'], ['one likes']] },
    ])
    const parsed = await parse(file)
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.bindings).toMatchObject([
      {
        agent: 'support-bot',
        tool: 'crm',
        risk: 'high',
        certifiedAt: new Date('2026-10-01'),
        allowlist: { present: true },
      },
    ])
    expect(parsed.estate.teams).toMatchObject([{ slug: 'iam', name: 'Identity' }])
    expect(errorLines(parsed, 'warnings')).toEqual([
      'x.xlsx, sheet Notes:1 -: The sheet is not read: its header is none that is known',
    ])
  })

  it('says in which sheet and row something is wrong', async () => {
    const data = [
      ['agent', 'tool', 'risk'],
      ['a', 'b', 'low'],
      [null, null, null],
      ['c', 'd', 'huge'],
    ]
    expect(errorLines(await parse(await workbook([{ sheet: 'Mine', data }])))).toEqual([
      'x.xlsx, sheet Mine:4 risk: Expected one of low, medium, high, critical',
    ])
  })

  it('takes what a formula came to', async () => {
    const xml = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${[
      ['agent', 'tool'],
      ['f', 'crm'],
    ]
      .map(
        (cells, at) =>
          `<row r="${at + 1}">${cells
            .map((text, column) =>
              text === 'f'
                ? `<c r="A2" t="str"><f>CONCATENATE("support","-bot")</f><v>support-bot</v></c>`
                : `<c r="${'AB'[column]}${at + 1}" t="inlineStr"><is><t>${text}</t></is></c>`,
            )
            .join('')}</row>`,
      )
      .join('')}</sheetData></worksheet>`
    const file = await fileOf(xlsxFormat, contentOf([row('1', 'x')]))
    const { unzipSync } = await import('fflate')
    const parts = { ...unzipSync(file), 'xl/worksheets/sheet1.xml': strToU8(xml) }
    const parsed = await parse(zipSync(parts))
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.bindings).toMatchObject([{ agent: 'support-bot', tool: 'crm' }])
  })

  it.each<[what: string, bytes: Uint8Array, message: RegExp]>([
    ['a text', strToU8('agent,tool\na,b\n'), /not an \.xlsx workbook/],
    ['an old workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /\.xls workbook, or one with a password/],
    ['a zip that is none', new Uint8Array([0x50, 0x4b, 3, 4, 9, 9, 9]), /damaged or cut off/],
    ['another zip', zipSync({ 'a.txt': strToU8('a') }), /Not a workbook that can be read/],
    ['a file over the limit', new Uint8Array(importLimits.fileBytesMax + 1), /at most/],
  ])('refuses %s', async (_what, bytes, message) => {
    const [error] = (await parse(bytes)).errors
    expect(error?.message).toMatch(message)
  })

  it('refuses a workbook without a table of ours, and says which headers are read', async () => {
    const [error] = (await parse(await workbook([{ sheet: 'S', data: [['login'], ['x']] }]))).errors
    expect(error).toMatchObject({ file: 'x.xlsx, sheet S', line: 1 })
    expect(error?.message).toContain('bindings (agent, tool)')
  })

  it('never throws, whatever is broken in a workbook', async () => {
    const whole = await fileOf(xlsxFormat, contentOf([row('1', 'x')]))
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), async (at, byte, end) => {
        const broken = Buffer.from(whole)
        broken[at] = byte
        await parse(broken.subarray(0, Math.max(4, end)))
      }),
      { numRuns: 60 },
    )
  })
})

describe('a zip bomb', () => {
  it('is refused when it unpacks to too much, whatever size it says it has', () => {
    const zeros = new Uint8Array(importLimits.unpackedBytesMax + 1024 * 1024)
    const bomb = zipSync({ 'xl/workbook.xml': [zeros, { level: 9 }] })
    expect(bomb.byteLength).toBeLessThan(1024 * 1024)
    // The size that the zip states, set to 1 in its local header and in its directory.
    const lying = Buffer.from(bomb)
    for (const mark of [0x04034b50, 0x02014b50]) {
      const at = lying.indexOf(Buffer.from(Uint32Array.of(mark).buffer))
      lying.writeUInt32LE(1, at + (mark === 0x04034b50 ? 22 : 24))
    }
    for (const bytes of [bomb, lying]) expect(refusalOfZip(bytes)).toMatch(/unpacks to more than 100 MB/)
  })
})
