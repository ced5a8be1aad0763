import { urls } from '@/lib/urls'
import { people } from './support/accounts'
import { ownBindings } from './support/estate'
import { assignTo, matrixOn } from './support/matrix'
import { expect, test } from './support/test'
import { settled, visit } from './support/visit'

test('an owner assigned in place by keyboard closes the gap, on screen and after a reload, until it is undone', async ({
  page,
  context,
  api,
  unique,
}) => {
  const {
    agent,
    tools: [tool],
  } = await ownBindings(api, unique)
  const gaps = await context.newPage()
  await visit(gaps, `/gaps?tool=${tool?.slug}`)
  const gap = gaps.getByText(`Nobody owns enforcement of ${tool?.name}`)
  await expect(gap).toBeVisible()

  await visit(page, urls.matrix({ text: unique }))
  const matrix = matrixOn(page)
  const cell = await matrix.cell(agent.name, 'enforcement')
  await expect(cell).toContainText('Unowned')
  await expect(matrix.counts('enforcement')).toContainText('1 unowned')
  await (await matrix.cell(agent.name, 'identity')).focus()
  for (const _ of ['entitlement', 'privilege', 'enforcement']) await page.keyboard.press('ArrowRight')
  await expect(cell).toBeFocused()
  await page.keyboard.press('Enter')

  const dialog = page.getByRole('dialog', { name: 'Assign enforcement' })
  await expect(dialog.getByRole('combobox', { name: 'Team' })).toBeFocused()
  await page.keyboard.type('Cloud pl')
  await expect(page.getByRole('option')).toHaveText(['Cloud platform'])
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('combobox', { name: 'Team' })).toHaveValue('Cloud platform')
  await dialog.getByRole('button', { name: 'Assign' }).press('Enter')
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused()
  await page.keyboard.type('They run the tool')
  await dialog.getByRole('button', { name: 'Assign' }).press('Enter')

  await expect(dialog).toBeHidden()
  await expect(cell).toContainText('Cloud platform, inherited from the tool, unconfirmed')
  await expect(matrix.counts('enforcement')).toContainText('1 unconfirmed')
  await expect(matrix.counts('enforcement')).not.toContainText('unowned')
  await gaps.reload()
  await expect(gaps.getByText(tool?.name ?? '').first()).toBeVisible()
  await expect(gap).toBeHidden()
  await page.reload()
  await settled(page)
  await expect(await matrix.cell(agent.name, 'enforcement')).toContainText('Cloud platform')
})

test('what was assigned can be taken back', async ({ page, api, unique }) => {
  const {
    agent,
    tools: [tool],
  } = await ownBindings(api, unique)
  await visit(page, urls.matrix({ text: unique }))
  const matrix = matrixOn(page)
  const cell = await matrix.cell(agent.name, 'monitoring')
  await cell.click()
  await assignTo(page, 'Security operations', 'They watch everything')
  await expect(cell).toContainText('Security operations, inherited from the agent, unconfirmed')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Taken back.')).toBeVisible()
  await expect(cell).toContainText('Unowned')
  await visit(page, `/gaps?agent=${agent.slug}`)
  await expect(page.getByText(`Nobody owns monitoring of ${agent.name}`)).toBeVisible()
  await expect(page.getByText(tool?.slug ?? '').first()).toBeAttached()
})

test('several cells are selected and assigned at once, and taken back at once', async ({ page, api, unique }) => {
  const { tools } = await ownBindings(api, unique, 3)
  await visit(page, urls.matrix({ text: unique }))
  const matrix = matrixOn(page)
  const cells = await Promise.all(tools.map(({ name }) => matrix.cell(name, 'privilege')))
  const [first] = cells
  await first?.focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+Space')
  const toolbar = page.getByRole('toolbar', { name: 'Selected cells' })
  await expect(toolbar).toContainText('3 cells selected')
  await expect(page.getByRole('gridcell', { selected: true })).toHaveCount(3)
  await toolbar.getByRole('button', { name: 'Assign' }).click()
  await expect(page.getByRole('dialog', { name: 'Assign 3 cells' })).toBeVisible()
  await assignTo(page, 'Privileged access', 'They bound every power')
  for (const cell of cells) await expect(cell).toContainText('Privileged access, inherited from the tool, unconfirmed')
  await expect(toolbar).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  for (const cell of cells) await expect(cell).toContainText('Unowned')
})

test('a cell that somebody else changed meanwhile is not overwritten, and says who did what', async ({
  page,
  as,
  api,
  unique,
  noise,
}) => {
  noise.expect(/status of 409/)
  const { agent } = await ownBindings(api, unique)
  await visit(page, urls.matrix({ text: unique }))
  await (await matrixOn(page).cell(agent.name, 'monitoring')).click()
  const dialog = page.getByRole('dialog', { name: 'Assign monitoring' })
  await expect(dialog).toBeVisible()

  const other = await as('leila')
  await visit(other, urls.matrix({ text: unique }))
  const othersCell = await matrixOn(other).cell(agent.name, 'monitoring')
  await othersCell.click()
  await assignTo(other, 'Security operations', 'They asked for it')
  await expect(othersCell).toContainText('Security operations')

  await assignTo(page, 'Cloud platform', 'They run it')
  await expect(dialog.getByRole('alert')).toContainText(`${people.leila.name} set it to Security operations`)
  await expect(dialog.getByRole('alert')).toContainText('Nothing was overwritten')
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue('They run it')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.reload()
  await expect(await matrixOn(page).cell(agent.name, 'monitoring')).toContainText('Security operations')
})

test.describe('a member', () => {
  test.use({ who: 'emily' })

  test('reads the matrix and is told why they cannot assign, before they try', async ({ page, api, unique }) => {
    const { agent } = await ownBindings(api, unique)
    await visit(page, urls.matrix({ text: unique }))
    const cell = await matrixOn(page).cell(agent.name, 'monitoring')
    await cell.click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('alert')).toContainText('Only a governance lead can name the first owner')
    await expect(dialog.getByRole('button', { name: 'Assign' })).toBeDisabled()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(cell).toContainText('Unowned')
  })
})
