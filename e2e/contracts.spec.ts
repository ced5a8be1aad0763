import type { Page } from '@playwright/test'
import type { Api } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { pentarch } from './support/cli'
import { asFile } from './support/estate'
import { pressWithReason } from './support/forms'
import { expect, test } from './support/test'
import { visit } from './support/visit'

/** A tool of its own on an active path to an application that enforces, run by Customer channels. */
async function ownTool(api: Api, unique: string) {
  const tool = { slug: `ledger-${unique}`, name: `Ledger ${unique}`, application: `core-${unique}` }
  const point = { slug: `core-${unique}`, name: `Core ${unique}`, kind: 'application', team: 'customer-channels' }
  const agent = { slug: `clerk-${unique}`, name: `Clerk ${unique}`, sponsor: 'farid.rahmani', lifecycle: 'active' }
  const path = [{ point: point.slug, mode: 'enforces' }]
  const estate = {
    ...{ apiVersion: 'pentarch/v1', kind: 'Estate', agents: [agent], enforcementPoints: [point], tools: [tool] },
    bindings: [{ agent: agent.slug, tool: tool.slug, state: 'active', risk: 'high', path }],
  }
  await api('imports.apply', { kind: 'estate', files: [asFile(`own-${unique}.json`, JSON.stringify(estate))] })
  return { tool: tool.slug, toolName: tool.name, point: point.slug, pointName: point.name }
}

const driftOn = async (api: Api, tool: string) =>
  (await api('gaps.list', { tool, rule: 'contract-drift' })).rows.map(({ state }) => state)

/** Types into a field that keeps each entry as a tag. */
async function tag(page: Page, label: string, ...entries: string[]) {
  const field = page.getByRole('combobox', { name: label, exact: true })
  for (const entry of entries) {
    await field.fill(entry)
    await field.press('Enter')
  }
}

/** Switches the view of the document; its radio buttons are hidden behind their labels. */
async function show(page: Page, view: 'Form' | 'JSON') {
  await page.getByRole('radiogroup', { name: 'View of the document' }).getByText(view, { exact: true }).click()
}

test('a contract is written as a form and as JSON, signed by security, put in force, compared and attested', async ({
  page,
  as,
  api,
  unique,
  noise,
}) => {
  test.slow()
  noise.expect(/status of 422/)
  const { tool, toolName, point, pointName } = await ownTool(api, unique)

  // An engineer writes it.
  const engineer = await as('chidi')
  await visit(engineer, urls.tool(tool))
  await engineer.getByRole('button', { name: 'Begin a contract' }).click()
  await expect(engineer.getByRole('heading', { level: 1, name: `${toolName}, version 1` })).toBeVisible()
  await tag(engineer, 'Actions', 'read', 'post')
  await engineer.getByRole('textbox', { name: 'Longest credential lifetime' }).fill('15 minutes')
  await expect(engineer.getByRole('list', { name: 'What is wrong' })).toContainText('limits.maxCredentialLifetime')
  await engineer.getByRole('textbox', { name: 'Longest credential lifetime' }).fill('PT15M')
  await engineer.getByRole('button', { name: 'Add a vector' }).click()
  const vector = engineer.getByRole('dialog', { name: 'New vector' })
  await vector.getByRole('textbox', { name: 'Name' }).fill('A closed account is not posted to')
  await vector.getByRole('button', { name: 'Add vector' }).click()
  await expect(vector.getByRole('textbox', { name: 'Subject id' })).toHaveAttribute('aria-invalid', 'true')
  await vector.getByRole('textbox', { name: 'Subject id' }).fill('clerk')
  await vector.getByRole('textbox', { name: 'Action', exact: true }).fill('post')
  await vector.getByRole('textbox', { name: 'Resource type' }).fill('account')
  await vector.getByRole('textbox', { name: 'Resource id' }).fill('A-1')
  await vector.getByRole('textbox', { name: 'Context (JSON)' }).fill('{"closed": true}')
  await vector.getByRole('radio', { name: 'Deny' }).check()
  await vector.getByRole('button', { name: 'Add vector' }).click()
  await expect(vector).toBeHidden()
  await expect(engineer.getByText('A valid contract')).toBeVisible()

  // The JSON view is the same document; what is wrong in it has its line, and nothing typed is lost.
  await show(engineer, 'JSON')
  const json = engineer.getByRole('textbox', { name: 'Document as JSON' })
  const written = await json.inputValue()
  expect(JSON.parse(written)).toMatchObject({ actions: ['read', 'post'], vectors: [{ decision: false }] })
  await json.fill(written.replace('"PT15M"', '"soon"'))
  await expect(engineer.getByRole('list', { name: 'What is wrong' })).toContainText(/\(line \d+\)/)
  await show(engineer, 'Form')
  await expect(engineer.getByText('The form can only show a valid contract.')).toBeVisible()
  await expect(json).toHaveValue(/"soon"/)
  await json.fill(written.replace('"PT15M"', '"PT10M"'))
  await show(engineer, 'Form')
  await expect(engineer.getByRole('textbox', { name: 'Longest credential lifetime' })).toHaveValue('PT10M')
  await engineer.getByRole('button', { name: 'Save draft' }).click()
  await expect(engineer).toHaveURL(urls.contract(tool, 1))
  await expect(engineer.getByText('Draft', { exact: true }).first()).toBeVisible()

  // Who wrote it cannot sign it; security can.
  const sign = engineer.getByRole('button', { name: 'Sign off' })
  await expect(sign).toHaveAccessibleDescription(/You wrote part of it|Only a person/)
  const security = await as('hana')
  await visit(security, urls.contract(tool, 1))
  await pressWithReason(security, 'Sign off', 'The limits are those agreed')
  await expect(security.getByText('Signed off', { exact: true }).first()).toBeVisible()
  await engineer.reload()
  await pressWithReason(engineer, 'Put in force')
  await expect(engineer.getByText('In force', { exact: true }).first()).toBeVisible()
  await expect.poll(() => driftOn(api, tool)).toEqual(['open'])

  // The point attests on its page.
  const { digest } = await api('contracts.get', { tool, version: 1 })
  await visit(page, urls.enforcementPoint(point))
  await page.getByRole('button', { name: `Attest at ${pointName} for ${toolName}` }).click()
  const dialog = page.getByRole('dialog', { name: `Attest at ${pointName}` })
  await expect(dialog.getByRole('textbox', { name: 'Digest' })).toHaveValue(digest)
  await dialog.getByRole('textbox', { name: 'Digest' }).fill('0'.repeat(64))
  await dialog.getByRole('button', { name: 'Attest' }).click()
  await expect(dialog.getByText(`version 1 (in force) ${digest}`)).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Digest' }).fill(digest)
  await dialog.getByRole('button', { name: 'Attest' }).click()
  await expect(dialog).toBeHidden()
  const row = page.getByRole('table', { name: 'Attestations by tool' }).getByRole('row', { name: toolName })
  await expect(row).toContainText('Matches')
  await expect.poll(() => driftOn(api, tool)).toEqual([])

  // A second version: compared with the first, and what was attested no longer fits.
  await visit(engineer, urls.contract(tool, 1))
  await engineer.getByRole('button', { name: 'New version' }).click()
  await tag(engineer, 'Actions', 'close')
  await engineer.getByRole('button', { name: 'Save draft' }).click()
  await expect(engineer).toHaveURL(urls.contract(tool, 2))
  await engineer.getByRole('link', { name: 'Compare with version 1' }).click()
  await expect(engineer.getByRole('list', { name: 'Changes in words' })).toContainText('Action "close" is new')
  await expect(engineer.getByRole('region', { name: 'Line by line' })).toContainText('"close"')
  await visit(security, urls.contract(tool, 2))
  await pressWithReason(security, 'Sign off')
  await engineer.reload()
  await pressWithReason(engineer, 'Put in force')
  await page.reload()
  await expect(row).toContainText('Another digest')
  await expect.poll(() => driftOn(api, tool)).toEqual(['open'])

  // The pipeline attests by command line.
  const second = await api('contracts.get', { tool, version: 2 })
  const attest = (sha: string) =>
    pentarch(['attest', '--point', point, '--tool', tool, '--digest', sha, '--note', 'v2'])
  const refused = await attest('f'.repeat(64))
  expect(refused).toMatchObject({ code: 1, stdout: '' })
  expect(refused.stderr).toContain(second.digest)
  expect(await attest(second.digest)).toMatchObject({ code: 0, stdout: expect.stringContaining('which is in force') })
  const listed = await pentarch(['list', 'contracts', '--filter', `tool=${tool}`, '--format', 'json'])
  expect(JSON.parse(listed.stdout)).toMatchObject([
    { version: 2, state: 'in_force', points: { enforcing: 1, attested: 1 } },
    { version: 1, state: 'superseded' },
  ])
  await page.reload()
  await expect(row).toContainText('Matches')
  await expect.poll(() => driftOn(api, tool)).toEqual([])
})

test('two people edit one draft: the second is told who changed what, and loses nothing', async ({
  page,
  as,
  api,
  unique,
  noise,
}) => {
  noise.expect(/status of 409/)
  const { tool } = await ownTool(api, unique)
  await api('contracts.create', { tool, author: 'customer-channels', limits: { actions: ['read'] } })
  await visit(page, urls.editContract(tool, 1))
  await page.getByRole('textbox', { name: 'Approval' }).fill('The shift lead')
  const other = await as('chidi')
  await visit(other, urls.editContract(tool, 1))
  await tag(other, 'Actions', 'post')
  await other.getByRole('button', { name: 'Save draft' }).click()
  await expect(other).toHaveURL(urls.contract(tool, 1))

  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Chidi Eze changed' })).toBeVisible()
  await page.getByRole('button', { name: 'Reload, keeping what I typed' }).click()
  await expect(page.getByText('post', { exact: true })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Approval' })).toHaveValue('The shift lead')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page).toHaveURL(urls.contract(tool, 1))
  expect((await api('contracts.get', { tool, version: 1 })).limits).toEqual({
    actions: ['read', 'post'],
    approval: 'The shift lead',
  })
})

test('the list of contracts is narrowed by model and state, and an auditor reads without writing', async ({ as }) => {
  const auditor = await as('mei')
  await visit(auditor, urls.contracts({ state: 'in_force', model: 'central' }))
  const table = auditor.getByRole('table', { name: 'Contracts' })
  await expect(table.getByRole('row', { name: 'GitHub' })).toContainText('Central')
  await expect(table.getByRole('row', { name: 'Claims API' })).toBeHidden()
  const begin = auditor.getByRole('button', { name: 'New contract' })
  await expect(begin).toHaveAccessibleDescription(/^This needs the role/)
  await visit(auditor, urls.newContract('claims-api'))
  await expect(auditor.getByText(/^This needs the role/)).toBeVisible()
})
