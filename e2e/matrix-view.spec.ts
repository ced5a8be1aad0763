import type { Page } from '@playwright/test'
import { layerIds, layers } from '@/lib/layers'
import { urls } from '@/lib/urls'
import { ownBindings } from './support/estate'
import { matrixOn } from './support/matrix'
import { expect, test } from './support/test'
import { settled, visit } from './support/visit'

test('filters, order and grouping live in the address: they survive a reload and the back button', async ({ page }) => {
  await visit(page, urls.matrix())
  await page.getByRole('button', { name: 'Risk', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Critical' }).click()
  await expect(page).toHaveURL(urls.matrix({ risk: 'critical' }))
  await page.keyboard.press('Escape')
  const { grid } = matrixOn(page)
  const risks = () => grid.getByText(/^(?:low|medium|high)$/i)
  await expect(risks()).toHaveCount(0)
  await expect(grid.getByText(/^critical$/i).first()).toBeVisible()

  await page.getByRole('combobox', { name: 'Sort' }).click()
  await page.getByRole('option', { name: 'By tool' }).click()
  await expect(page).toHaveURL(urls.matrix({ risk: 'critical', sort: 'tool' }))
  await page.reload()
  await settled(page)
  await expect(page.getByRole('combobox', { name: 'Sort' })).toHaveValue('By tool')
  await expect(risks()).toHaveCount(0)

  await page.getByRole('combobox', { name: 'Group' }).click()
  await page.getByRole('option', { name: 'Group: agent' }).click()
  await expect(page).toHaveURL(/group=agent/)
  await page.reload()
  await settled(page)
  await expect(page.getByRole('combobox', { name: 'Group' })).toHaveValue('Group: agent')

  await visit(page, urls.gaps())
  await page.goBack()
  await expect(page).toHaveURL(/group=agent/)
  await expect(page.getByRole('combobox', { name: 'Group' })).toHaveValue('Group: agent')

  await page.getByRole('button', { name: 'Remove filter Risk' }).click()
  await expect(page).not.toHaveURL(/risk=/)
  await expect(grid.getByRole('row').nth(1)).toBeVisible()
})

test('text narrows the rows, and says so when none is left', async ({ page, api, unique }) => {
  const { tools } = await ownBindings(api, unique, 2)
  await visit(page, urls.matrix())
  await page.getByRole('textbox', { name: 'Agent or tool' }).fill(tools[0]?.slug ?? '')
  await expect(page).toHaveURL(/text=tool-a/)
  await expect(matrixOn(page).grid.getByRole('rowheader')).toHaveCount(1)
  await page.getByRole('textbox', { name: 'Agent or tool' }).fill('no such thing anywhere')
  await expect(page.getByText('No row fits these filters.')).toBeVisible()
  await page.getByRole('link', { name: 'Clear filters' }).click()
  await expect(page).toHaveURL(urls.matrix())
  await expect(matrixOn(page).grid).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Agent or tool' })).toHaveValue('')
})

test('rows are bindings, agents or tools', async ({ page, api, unique }) => {
  const { agent, tools } = await ownBindings(api, unique, 2)
  await visit(page, urls.matrix({ text: unique }))
  const { grid } = matrixOn(page)
  await expect(grid.getByRole('rowheader')).toHaveCount(2)
  // The label, for the segment's own radio button is hidden behind it.
  await page.getByRole('radiogroup', { name: 'Rows' }).getByText('Agents').click()
  await expect(page).toHaveURL(/rows=agents/)
  await expect(grid.getByRole('rowheader')).toHaveText([agent.name])
  await expect(await matrixOn(page).cell(agent.name, 'enforcement')).toContainText('2 unowned')
  await page.getByRole('radiogroup', { name: 'Rows' }).getByText('Tools').click()
  await expect(grid.getByRole('rowheader')).toHaveText(tools.map(({ name }) => name))
  await page.reload()
  await expect(grid.getByRole('rowheader')).toHaveText(tools.map(({ name }) => name))
})

test('counts are filters, and agree with the rows they lead to', async ({ page, api, unique }) => {
  const { tools } = await ownBindings(api, unique, 3)
  const [tool] = tools
  await api('assignments.create', {
    targets: [{ layer: 'enforcement', scope: 'tool', subject: tool?.slug ?? '' }],
    team: 'cloud-platform',
    reason: 'They run it',
  })
  await visit(page, urls.matrix({ text: unique }))
  const { grid, counts } = matrixOn(page)
  await expect(counts('enforcement').getByRole('link')).toHaveText([/^1 unconfirmed$/, /^2 unowned$/])
  const chip = counts('enforcement').getByRole('link', { name: '2 unowned' })
  await chip.click()
  await expect(page).toHaveURL(urls.matrix({ text: unique, layer: 'enforcement', status: 'unowned' }))
  await expect(chip).toHaveAttribute('aria-current')
  await expect(page.getByRole('status').filter({ hasText: 'rows' })).toHaveText('2 rows')
  await expect(grid).not.toContainText(tool?.name ?? '')
  await chip.click()
  await expect(page).toHaveURL(urls.matrix({ text: unique }))
  await expect(grid.getByRole('rowheader')).toHaveCount(3)
})

/** What stands in the clipboard, as somebody pastes it: no page of ours may read it by itself. */
async function pasted(page: Page): Promise<string> {
  await page.evaluate(() => {
    const field = document.body.appendChild(document.createElement('textarea'))
    field.setAttribute('aria-label', 'Pasted')
    field.focus()
  })
  await page.keyboard.press('Control+v')
  return await page.getByRole('textbox', { name: 'Pasted' }).inputValue()
}

test('rows are copied as tab-separated text', async ({ page, context, api, unique }) => {
  await context.grantPermissions(['clipboard-write'])
  const { agent, tools } = await ownBindings(api, unique, 2)
  await visit(page, urls.matrix({ text: unique }))
  await (await matrixOn(page).cell(tools[0]?.name ?? '', 'identity')).focus()
  await page.keyboard.press('Control+c')
  await expect(page.getByText('2 rows copied for a spreadsheet.')).toBeVisible()
  const lines = (await pasted(page)).split('\n')
  expect(lines[0]?.split('\t')).toEqual(['Subject', 'Environment', 'Risk', ...layers.map(({ title }) => title)])
  const owners = ['Identity platform', 'Access governance', 'unowned', 'unowned', 'unowned']
  expect(lines.slice(1).map((line) => line.split('\t'))).toEqual(
    tools.map(({ slug }) => [`${agent.slug}/${slug}@production`, 'production', 'high', ...owners]),
  )
  expect(owners).toHaveLength(layerIds.length)
})

test('further rows come as one scrolls, by key as well', async ({ page }) => {
  await visit(page, urls.matrix())
  const status = page.getByRole('status').filter({ hasText: 'rows' })
  await expect(status).toContainText('more as you scroll')
  await page
    .getByRole('gridcell', { name: /inherited|unowned|set on/i })
    .first()
    .focus()
  await expect(async () => {
    await page.keyboard.press('Control+End')
    await expect(status).not.toContainText('more as you scroll', { timeout: 1_000 })
  }).toPass()
  const rows = Number((await status.textContent())?.match(/\d+/)?.[0])
  expect(rows).toBeGreaterThan(200)
  await page.keyboard.press('Control+End')
  await expect(page.getByRole('row').last()).toHaveAttribute('aria-rowindex', String(rows + 1))
})
