import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, it } from 'vitest'
import { recordOf, reportOf } from '../testing'
import { reportPdf } from './document'
import { pagesOf } from './records'

/** The text of every page, and the names of the fonts that the file brings with it. */
async function readPdf(file: Buffer) {
  const document = await getDocument({ data: new Uint8Array(file), verbosity: 0 }).promise
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent()
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''))
  }
  return pages
}

const records = (count: number) => Array.from({ length: count }, (_, index) => recordOf(String(index)))
const content = (items: number, shown: number) => ({ report: reportOf(items), records: records(shown), remediated: [] })

describe('the report as a PDF', () => {
  it('says what it is on every page, of how many, and who said what in which script', async () => {
    const pages = await readPdf(await reportPdf(content(30, 30)))
    expect(pages.length).toBeGreaterThan(2)
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('Access review, autumn')
      expect(page).toContain(`${index + 1} / ${pages.length}`)
    }
    const all = pages.join('')
    for (const word of ['Żółć', 'Дмитрий', 'Ωμέγα']) expect(all).toContain(word)
    expect(all).toContain('Every item, by name.')
    expect(all).not.toContain('Not final')
  }, 60_000)

  it('embeds the fonts it is set in', async () => {
    const text = (await reportPdf(content(1, 1))).toString('latin1')
    expect(text).toMatch(/\/FontName \/\w+\+Inter/)
    expect(text).toContain('/FontFile2')
    expect(text).not.toContain('/BaseFont /Helvetica')
  }, 60_000)

  it('is the same file for the same content', async () => {
    const [one, other] = [await reportPdf(content(2, 2)), await reportPdf(content(2, 2))]
    expect(one.equals(other)).toBe(true)
  }, 60_000)

  it('says that the rest is in the CSV when it does not hold all, and that it is not final while the campaign runs', async () => {
    const report = { ...reportOf(5000), isFinal: false }
    const all = (await readPdf(await reportPdf({ report, records: records(3), remediated: [] }))).join('')
    expect(all).toContain('The first 3 of 5,000 items')
    expect(all).toContain('Not final')
  }, 60_000)
})

describe('pagesOf', () => {
  it('keeps every record, in order, and no page empty', () => {
    const all = records(500)
    const pages = pagesOf(all)
    expect(pages.flat()).toEqual(all)
    expect(pages.every((page) => page.length > 0)).toBe(true)
  })
})
