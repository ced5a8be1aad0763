import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { ImportKind } from '@/lib/importers/model'
import { urls } from '@/lib/urls'
import { expect, test } from './support/test'
import { visit } from './support/visit'

const titles: Record<ImportKind, string> = {
  estate: 'Estate file',
  csv: 'Spreadsheet (CSV)',
  xlsx: 'Workbook (Excel)',
  backstage: 'Backstage catalog',
  a2a: 'A2A agent cards',
  'mcp-registry': 'MCP servers',
  'mcp-tools': 'MCP tool lists',
}

interface Upload {
  name: string
  text: string
}

const fixture = async (kind: ImportKind, file: string): Promise<Upload> => ({
  name: file,
  text: await readFile(path.join('lib', 'importers', 'fixtures', kind, file), 'utf8'),
})

/** Chooses kind and files on the page of imports, and asks what they would change. */
async function preview(page: Page, kind: ImportKind, ...files: Upload[]): Promise<void> {
  await visit(page, urls.imports())
  await page.getByRole('radio', { name: new RegExp(`^${titles[kind].replace(/[()]/g, '.')}`) }).click()
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: /Drop files here/ }).click()
  const payload = files.map(({ name, text }) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) }))
  await (await chosen).setFiles(payload)
  for (const { name } of files)
    await expect(page.getByRole('list', { name: 'Chosen files' }).getByText(name)).toBeVisible()
  await page.getByRole('button', { name: 'Preview changes' }).click()
}

/** Applies what was previewed, and waits for the page of that run. */
async function apply(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Reason' }).fill('Brought in by a test')
  await page.getByRole('button', { name: /^Apply/ }).click()
  await expect(page).toHaveURL(/\/imports\/[0-9a-f-]{36}$/)
  await expect(page.getByText('Reason: Brought in by a test')).toBeVisible()
}

/** New, changed, unchanged and missing of one kind of entity. */
const countsOf = (page: Page, entity: string) =>
  page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: entity, exact: true }) })
    .getByRole('cell')

const estateOf = (unique: string) => `apiVersion: pentarch/v1
kind: Estate
people: [{ id: ana-${unique}, name: Ana ${unique} }]
teams: [{ slug: team-${unique}, name: Team ${unique}, function: application, members: [{ person: ana-${unique}, role: lead }] }]
agents: [{ slug: bot-${unique}, name: Bot ${unique}, sponsor: ana-${unique}, lifecycle: active }]
tools: [{ slug: tool-${unique}, name: Tool ${unique} }]
bindings:
  - { agent: bot-${unique}, tool: tool-${unique}, state: active, intent: { text: Look up, approvedBy: ana-${unique} } }
owners:
  - { layer: enforcement, scope: tool, subject: tool-${unique}, team: team-${unique}, state: accepted }
`

test('an estate file is previewed, applied, seen in the matrix, and changes nothing the second time', async ({
  page,
  unique,
}) => {
  const file = { name: 'estate.yaml', text: estateOf(unique) }
  await preview(page, 'estate', file)
  await expect(page.getByRole('heading', { name: 'What it comes to' })).toBeVisible()
  for (const entity of ['People', 'Teams', 'Agents', 'Tools', 'Bindings', 'Owners'])
    await expect(countsOf(page, entity)).toHaveText(['1', '0', '0', /^\d+$/])
  const created = page.getByRole('list', { name: 'Will be new' })
  await expect(created).toContainText(`bot-${unique}/tool-${unique}@production`)
  await apply(page)
  await expect(page.getByRole('list', { name: 'New', exact: true })).toContainText(`bot-${unique}`)
  await visit(page, urls.matrix({ text: unique }))
  await expect(page.getByRole('gridcell', { name: `Team ${unique}` })).toBeVisible()

  await preview(page, 'estate', file)
  await expect(page.getByText('0 changes; see below.')).toBeVisible()
  for (const entity of ['People', 'Agents', 'Owners'])
    await expect(countsOf(page, entity)).toHaveText(['0', '0', '1', /^\d+$/])
  await apply(page)

  await preview(page, 'estate', { ...file, text: file.text.replace('tools: [{', 'tools: [{ classification: secret,') })
  await expect(page.getByRole('table', { name: 'Errors' })).toContainText('tools[0].classification')
  await preview(page, 'estate', { ...file, text: file.text.replace(`name: Tool ${unique}`, `name: Renamed ${unique}`) })
  await expect(countsOf(page, 'Tools')).toHaveText(['0', '1', '0', /^\d+$/])
  await expect(page.getByRole('list', { name: 'Will change' })).toContainText(`Renamed ${unique}`)
})

test('a spreadsheet with byte order mark, semicolons and CRLF becomes bindings with their owners', async ({
  page,
  api,
  unique,
}) => {
  await api('agents.create', { name: `Bot ${unique}`, slug: `bot-${unique}` })
  await api('tools.create', { name: `Tool ${unique}`, slug: `tool-${unique}`, kind: 'api' })
  const rows = ['Agent;Tool;Environment;Risk Tier;Intent;Actions;Identity;Enforcement']
  rows.push(`bot-${unique};tool-${unique};production;high;"Look up; the caller";"read;write";identity-platform;`)
  const file = { name: 'bindings.csv', text: `\uFEFF${rows.join('\r\n')}\r\n` }
  await preview(page, 'csv', file)
  await expect(countsOf(page, 'Bindings')).toHaveText(['1', '0', '0', /^\d+$/])
  await expect(countsOf(page, 'Owners')).toHaveText(['1', '0', '0', /^\d+$/])
  await apply(page)
  const binding = await api('bindings.get', { binding: `bot-${unique}/tool-${unique}@production` })
  expect(binding).toMatchObject({ risk: 'high', actions: ['read', 'write'], intent: { text: 'Look up; the caller' } })
  await preview(page, 'csv', file)
  await expect(countsOf(page, 'Bindings')).toHaveText(['0', '0', '1', /^\d+$/])
})

const published = [
  ['a2a', 'a2aproject__A2A__specification-card-4.json', 'Agents'],
  ['mcp-registry', 'microsoft__playwright-mcp.server.json', 'Tools'],
  ['mcp-tools', 'context7.tools-list.json', 'Tools'],
  ['backstage', 'redhat-developer__rhdh.yaml', 'Tools'],
] as const

for (const [kind, name, entity] of published) {
  test(`${titles[kind]}, as published, come in once`, async ({ page }) => {
    const file = await fixture(kind, name)
    await preview(page, kind, file)
    await expect(countsOf(page, entity).first()).toBeVisible()
    await apply(page)
    await expect(page.getByText(name, { exact: true })).toBeVisible()
    await preview(page, kind, file)
    await expect(page.getByText('0 changes; see below.')).toBeVisible()
    await expect(countsOf(page, entity).first()).toHaveText('0')
  })
}

test('a file with an error is refused whole, at its file, line and field', async ({ page, api, unique }) => {
  const text = estateOf(unique).replace('lifecycle: active }', 'lifecycle: asleep, colour: red }')
  await preview(page, 'estate', { name: 'broken.yaml', text })
  const errors = page.getByRole('table', { name: 'Errors' }).getByRole('row')
  await expect(errors.filter({ hasText: 'agents[0].colour' })).toContainText('broken.yaml:5')
  await expect(errors.filter({ hasText: 'agents[0].colour' })).toContainText('Unknown key')
  await expect(errors.filter({ hasText: 'agents[0].lifecycle' })).toContainText('broken.yaml:5')
  const button = page.getByRole('button', { name: 'Apply' })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await expect(button).toHaveAccessibleDescription(/an import is applied whole or not at all/)
  expect((await api('teams.list', { q: unique })).rows).toEqual([])
})

test('a reference to something that is nowhere is refused with the whole file', async ({ page, api, unique }) => {
  const text = estateOf(unique).replace(`team: team-${unique}, state`, 'team: nobody-knows, state')
  await preview(page, 'estate', { name: 'dangling.yaml', text })
  const error = page.getByRole('table', { name: 'Errors' }).getByRole('row').filter({ hasText: 'nobody-knows' })
  await expect(error).toContainText('dangling.yaml:10')
  await expect(error).toContainText('owners[0].team')
  await expect(page.getByRole('button', { name: 'Apply' })).toHaveAttribute('aria-disabled', 'true')
  expect((await api('agents.list', { q: unique })).rows).toEqual([])
})

test('a file of the wrong kind is refused before it is sent', async ({ page }) => {
  await visit(page, urls.imports())
  await page.getByRole('radio', { name: titles.csv }).click()
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: /Drop files here/ }).click()
  await (await chosen).setFiles({ name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from('x') })
  await expect(page.getByText(/Not read as Spreadsheet/)).toBeVisible()
  const button = page.getByRole('button', { name: 'Preview changes' })
  await expect(button).toHaveAccessibleDescription('Remove the files that cannot be read.')
  await page.getByRole('button', { name: 'Remove picture.png' }).click()
  await expect(button).toHaveAccessibleDescription('Choose a file first.')
})

test.describe('a member', () => {
  test.use({ who: 'emily' })

  test('sees past imports, and is told why they cannot import', async ({ page }) => {
    await visit(page, urls.imports())
    await expect(page.getByRole('table', { name: 'Past imports' }).getByRole('row').nth(1)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Preview changes' })).toHaveAccessibleDescription(/needs the role/)
  })
})
