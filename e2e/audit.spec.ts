import { urls } from '@/lib/urls'
import { asFile } from './support/estate'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test('an auditor narrows the log, opens a change and reads what it changed from what to what', async ({
  as,
  api,
  unique,
}) => {
  const agent = await api('agents.create', { name: `Audited ${unique}`, purpose: 'Answers claims' })
  const edit = {
    slug: agent.slug,
    version: agent.version,
    purpose: 'Answers and pays claims',
    reason: `Because ${unique}`,
  }
  await api('agents.update', edit)
  const page = await as('mei')
  await visit(page, urls.audit())
  await expect(page.getByRole('link', { name: 'Audit log' })).toBeVisible()

  await page.getByRole('button', { name: 'Action' }).click()
  await page.getByRole('textbox', { name: 'Narrow Action' }).fill('agents.update')
  await page.getByRole('checkbox', { name: 'agents.update' }).check()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/action=agents\.update/)
  const row = page.getByRole('row', { name: `Audited ${unique}` })
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('edited the agent')
  await expect(row).toContainText('API')

  await row.getByRole('rowheader').getByRole('link').click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByText(`Because ${unique}`)).toBeVisible()
  await expect(drawer.getByText('Answers claims', { exact: true })).toBeVisible()
  await expect(drawer.getByText('Answers and pays claims', { exact: true })).toBeVisible()

  await drawer.getByRole('link', { name: 'Open as a page' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`edited the agent Audited ${unique}`)
  await expect(page.getByText('Answers and pays claims', { exact: true })).toBeVisible()
})

test('with "Live" on, what somebody else changes appears by itself', async ({ as, api, unique }) => {
  const page = await as('mei')
  await visit(page, urls.audit({ action: 'teams.*' }))
  await page.getByRole('switch', { name: 'Live' }).click()
  await expect(page.getByText('New changes appear by themselves')).toBeVisible()
  await api('teams.create', { name: `Watched ${unique}`, function: 'business' })
  await expect(page.getByRole('row', { name: `Watched ${unique}` })).toContainText('registered the team')
})

test('the history of an agent tells what an import did to it and to its access', async ({ as, api, unique }) => {
  const estate = (purpose: string) => ({
    apiVersion: 'pentarch/v1',
    kind: 'Estate',
    agents: [
      { slug: `told-${unique}`, name: `Told ${unique}`, sponsor: 'farid.rahmani', lifecycle: 'active', purpose },
    ],
    bindings: [{ agent: `told-${unique}`, tool: 'claims-api', state: 'approved' }],
  })
  for (const purpose of ['Reads claims', 'Reads and files claims'])
    await api('imports.apply', {
      kind: 'estate',
      files: [asFile(`told-${unique}.json`, JSON.stringify(estate(purpose)))],
    })
  const page = await as('emily')
  await visit(page, urls.agent(`told-${unique}`))
  const history = page.getByRole('region', { name: 'History' })
  await expect(history.getByRole('listitem').first()).toContainText('Reads claims')
  await expect(history.getByRole('listitem').first()).toContainText('Reads and files claims')
  await expect(history.getByText('Import', { exact: true }).first()).toBeVisible()
  await expect(history.getByRole('link', { name: new RegExp(`Told ${unique} →`) })).toBeVisible()
  await history.getByRole('link', { name: 'Open in the audit log' }).click()
  await expect(page.getByRole('table', { name: 'Changes' }).getByRole('row')).not.toHaveCount(0)
  await expect(page).toHaveURL(/about=agent/)
})
