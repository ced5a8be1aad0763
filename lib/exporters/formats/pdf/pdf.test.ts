import { createHash } from 'node:crypto'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, it } from 'vitest'
import { ndjsonFormat } from '../json'
import { contentOf, fileOf, hostileNames, row } from '../testing'
import { exportPdf } from './document'
import { gather, rowsInPdfMax } from './gather'

/** The text of every page. */
async function pagesOf(file: Buffer): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(file), verbosity: 0 }).promise
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent()
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''))
  }
  return pages
}

describe('the PDF of an export', () => {
  it('says what it is, with page numbers, the digest of its data, and names in every script', async () => {
    const rows = hostileNames.map((name, index) => row(String(index), name))
    const report = await gather(contentOf(rows))
    const digest = createHash('sha256')
      .update(await fileOf(ndjsonFormat, contentOf(rows)))
      .digest('hex')
    expect(report).toMatchObject({ rows: 6, sha256: digest })
    const pages = await pagesOf(await exportPdf(report))
    for (const [index, page] of pages.entries()) expect(page).toContain(`${index + 1} / ${pages.length}`)
    const all = pages.join('').normalize('NFKC')
    for (const text of [digest, 'team: iam', '身份与访问管理', '🤖', 'characters, cut', 'Every row.'])
      expect(all).toContain(text)
    // Shaped from right to left; the order in which it is read out is the reader's.
    expect([...all].some((character) => /\p{Script=Arabic}/u.test(character))).toBe(true)
  }, 120_000)

  it('shows the first rows and says how many there are', async () => {
    const report = await gather(
      contentOf(Array.from({ length: rowsInPdfMax + 20 }, (_, index) => row(String(index), 'x'))),
    )
    expect(report.table.rows).toHaveLength(rowsInPdfMax)
    expect(report.rows).toBe(rowsInPdfMax + 20)
  })

  it('stands on its own without any row', async () => {
    const pages = await pagesOf(await exportPdf(await gather(contentOf([]))))
    expect(pages).toHaveLength(1)
  }, 120_000)
})
