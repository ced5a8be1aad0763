import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import readWorkbook from 'read-excel-file/node'
import { urls } from '@/lib/urls'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test('an auditor takes along what a list shows: its filters and order, and nothing else', async ({ as }) => {
  const page = await as('mei')
  await visit(page, urls.gaps({ severity: ['high', 'critical'], sort: 'due' }))
  await page.getByRole('button', { name: 'Export' }).click()
  const coming = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'CSV', exact: true }).click()
  const download = await coming
  expect(download.suggestedFilename()).toMatch(/^gaps-\d{4}-\d\d-\d\d\.csv$/)
  const rows: Record<string, string>[] = parse(await readFile(await download.path()), {
    columns: true,
    record_delimiter: '\r\n',
  })
  expect(rows.length).toBeGreaterThan(5)
  expect(new Set(rows.map(({ severity }) => severity))).toEqual(new Set(['high', 'critical']))
  const due = rows.map((row) => row.due_at ?? '').filter((at) => at !== '')
  expect(due).toEqual([...due].sort())
})

test('a matrix of two layers is exported with these two, as a workbook that reads back', async ({ as }) => {
  const page = await as('mei')
  await visit(page, urls.matrix({ columns: ['identity', 'monitoring'] }))
  await page.getByRole('button', { name: 'Export' }).click()
  const coming = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Excel' }).click()
  const [sheet, about] = await readWorkbook(await (await coming).path())
  const layer = sheet?.data[0]?.indexOf('Layer') ?? -1
  expect(new Set(sheet?.data.slice(1).map((row) => row[layer]))).toEqual(new Set(['identity', 'monitoring']))
  expect(about?.data).toContainEqual(['Asked for by', 'Mei Tanaka'])
})

test('all that there is comes in one workbook, a sheet for each kind, of one instant', async ({ as }) => {
  const page = await as('mei')
  await visit(page, urls.exports())
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'All in one workbook' }).click()
  const download = await coming
  expect(download.suggestedFilename()).toMatch(/^pentarch-\d{4}-\d\d-\d\d\.xlsx$/)
  const sheets = await readWorkbook(await download.path())
  expect(sheets.map(({ sheet }) => sheet)).toEqual(expect.arrayContaining(['Matrix', 'Gaps', 'Agents', 'About']))
  for (const { sheet, data } of sheets) expect(data.length, sheet).toBeGreaterThan(1)
  const made = sheets.at(-1)?.data.filter(([what]) => what === 'Made')
  expect(new Set(made?.map(([, at]) => String(at))).size).toBe(1)
})

test('an export that was written in the background stands on its page until it is fetched, for who asked alone', async ({
  as,
  api,
}) => {
  const { id } = await api('exports.start', { kind: 'matrix', format: 'pdf' })
  const page = await as('leila')
  await visit(page, urls.exports())
  await expect(page.getByText('No export has been written in the background yet.')).toBeVisible()
  const others = await page.request.get(urls.exportRunFile(id))
  expect(others.status()).toBe(404)

  await expect.poll(async () => (await api('exports.get', { id })).state, { timeout: 60_000 }).toBe('done')
  const run = await api('exports.get', { id })
  expect(run.rows).toBeGreaterThan(500)
  expect(run.sha256).toMatch(/^[0-9a-f]{64}$/)
})

test('an export can be asked for on the page of exports, and in every format that carries it', async ({ as }) => {
  const page = await as('mei')
  await visit(page, urls.exports())
  await page.getByRole('combobox', { name: 'What' }).click()
  await page.getByRole('option', { name: 'Gaps', exact: true }).click()
  await page.getByRole('combobox', { name: 'As' }).click()
  await page.getByRole('option', { name: 'SARIF' }).click()
  const coming = page.waitForEvent('download')
  await page.getByRole('main').getByRole('button', { name: 'Export', exact: true }).click()
  const log = JSON.parse(await readFile(await (await coming).path(), 'utf8'))
  expect(log.version).toBe('2.1.0')
  expect(log.runs[0].results.length).toBeGreaterThan(5)
})
