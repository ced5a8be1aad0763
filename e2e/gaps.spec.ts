import { layers } from '@/lib/layers'
import { ownerStatuses } from '@/lib/ownership/model'
import { urls } from '@/lib/urls'
import { ownBindings } from './support/estate'
import { assignTo, matrixOn } from './support/matrix'
import { expect, test } from './support/test'
import { settled, visit } from './support/visit'

test('a gap leads to what is wrong, why, and where it is mended; mended, it is resolved with its history', async ({
  page,
  api,
  unique,
}) => {
  const { tools } = await ownBindings(api, unique)
  const [tool] = tools
  await visit(page, urls.gaps())
  await page.getByRole('textbox', { name: 'Subject or explanation' }).fill(unique)
  await expect(page).toHaveURL(new RegExp(unique))
  const gap = page.getByRole('row').filter({ hasText: `Nobody owns enforcement of ${tool?.name}` })
  await gap.getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/control layer has no owner/)
  await expect(page.getByText(`Nobody owns enforcement of ${tool?.name}`)).toBeVisible()
  for (const name of ['How to mend it', 'Affected bindings', 'History', 'Controls it is evidence for'])
    await expect(page.getByRole('heading', { name })).toBeVisible()
  const address = page.url()

  await page.getByRole('link', { name: 'layer-unowned' }).click()
  await expect(page.getByRole('heading', { name: 'When it fires' })).toBeVisible()
  await page.goBack()

  await page.getByRole('link', { name: 'Open the tool' }).click()
  await expect(page).toHaveURL(urls.tool(tool?.slug ?? ''))
  await visit(page, urls.matrix({ text: unique }))
  await (await matrixOn(page).cell(tool?.name ?? '', 'enforcement')).click()
  await assignTo(page, 'Cloud platform', 'They run it')
  await expect(page.getByRole('dialog')).toBeHidden()

  await visit(page, address)
  await expect(page.getByText('Resolved').first()).toBeVisible()
  await expect(page.getByText(/Open → Resolved/)).toBeVisible()
})

test('gaps are narrowed by severity and rule, in the address', async ({ page }) => {
  await visit(page, urls.gaps({ rule: 'shadow-agent' }))
  const rows = page.getByRole('table', { name: 'Gaps' }).getByRole('row')
  await expect(rows.nth(1)).toContainText('An agent nobody has adopted')
  await page.getByRole('button', { name: 'Remove filter Rule' }).click()
  await expect(page).toHaveURL(urls.gaps())
  await page.getByRole('button', { name: 'Severity', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Critical' }).click()
  await expect(page).toHaveURL(urls.gaps({ severity: 'critical' }))
  await page.reload()
  await settled(page)
  await expect(rows.nth(1)).toContainText('Critical')
  await expect(page.getByRole('table', { name: 'Gaps' }).getByText('Low', { exact: true })).toHaveCount(0)
})

test('every rule has its page', async ({ page, api }) => {
  const { rows: rules } = await api('rules.list', {})
  expect(rules).toHaveLength(24)
  await visit(page, urls.rules())
  for (const { id, title } of rules) {
    await expect(page.getByRole('link', { name: title })).toBeVisible()
    await expect(page.getByText(id, { exact: true })).toBeVisible()
  }
  await page.getByRole('link', { name: rules[0]?.title ?? '' }).click()
  await expect(page.getByRole('heading', { level: 1, name: rules[0]?.title ?? '' })).toBeVisible()
  await page.getByRole('link', { name: 'Its open gaps' }).click()
  await expect(page).toHaveURL(urls.gaps({ rule: rules[0]?.id }))
})

test('the overview says of each layer what the matrix says', async ({ page, api }) => {
  // Other tests change the estate meanwhile: the two have to agree at one moment.
  await expect(async () => {
    const before = await api('matrix.counts', {})
    await page.goto(urls.overview())
    for (const { id, title } of layers) {
      const counts = before.layers.find(({ layer }) => layer === id)?.counts
      const said = page.getByRole('list', { name: `${title}: bindings by state` }).getByRole('listitem')
      const expected = ownerStatuses.flatMap((status) => {
        const count = counts?.[status] ?? 0
        return count > 0 ? [`${count} ${status}`] : []
      })
      await expect(said).toHaveText(expected, { timeout: 1_000 })
    }
  }).toPass()
  await settled(page)
  const link = page.getByRole('list', { name: 'Monitoring: bindings by state' }).getByRole('link', { name: /unowned/ })
  await link.click()
  await expect(page).toHaveURL(urls.matrix({ layer: 'monitoring', status: 'unowned' }))
})
