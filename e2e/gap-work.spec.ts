import type { Page } from '@playwright/test'
import type { Api } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { people } from './support/accounts'
import { ownBindings } from './support/estate'
import { choose, pressWithReason } from './support/forms'
import { expect, test } from './support/test'
import { visit } from './support/visit'

/** A gap of this test's own: nobody owns enforcement of a tool of its own. */
async function ownGap(api: Api, unique: string) {
  const { tools } = await ownBindings(api, unique)
  const [tool] = tools
  const { rows } = await api('gaps.list', { tool: tool?.slug ?? '', rule: 'layer-unowned', layer: 'enforcement' })
  const [gap] = rows
  if (!tool || !gap) throw new Error('The estate has no gap')
  return { tool, gap }
}

const panel = (page: Page, name: string) => page.getByRole('region', { name })

test('a gap is acknowledged, talked about, given to somebody, mended and resolved', async ({ page, api, unique }) => {
  const { tool, gap } = await ownGap(api, unique)
  await visit(page, urls.gap(gap.id))
  await expect(panel(page, 'What is wrong')).toContainText(`Nobody owns enforcement of ${tool.name}`)
  const work = panel(page, 'Work')
  await expect(work.getByText('by policy')).toBeVisible()
  await work.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(work.getByText('Acknowledged')).toBeVisible()

  const history = page.getByRole('list', { name: 'History and comments' })
  await page.getByRole('textbox', { name: 'Comment' }).fill('The application team takes it on next week.')
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  await expect(history.getByText('The application team takes it on next week.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue('')

  await work.getByRole('button', { name: 'Assign', exact: true }).click()
  await choose(page, 'Assignee', people.grace.name)
  await page.getByRole('dialog').getByRole('button', { name: 'Assign', exact: true }).click()
  await expect(work.getByRole('link', { name: people.grace.name })).toBeVisible()
  await work.getByRole('button', { name: 'Start to mend' }).click()
  await expect(work.getByText('Remediating')).toBeVisible()

  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByText('Still found')).toBeVisible()
  await api('assignments.create', {
    targets: [{ layer: 'enforcement', scope: 'tool', subject: tool.slug }],
    team: 'cloud-platform',
    reason: 'They run it',
  })
  await visit(page, urls.gap(gap.id))
  await expect(work.getByText('Resolved')).toBeVisible()
  await expect(work.getByRole('button')).toHaveCount(0)
  for (const line of ['Open → Acknowledged', `Assigned to ${people.grace.name}`, 'Remediating → Resolved'])
    await expect(history.getByText(line)).toBeVisible()
})

test('an exception is asked for by one and approved by another; then the gap is excepted until a day', async ({
  page,
  as,
  api,
  noise,
  unique,
}) => {
  noise.expect(/status of 400/)
  const { tool, gap } = await ownGap(api, unique)
  await visit(page, urls.gap(gap.id))
  const exception = panel(page, 'Exception')
  await exception.getByRole('button', { name: 'Ask for an exception' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The application moves house')
  await dialog.getByLabel('Until').fill('2020-01-01')
  await dialog.getByRole('button', { name: 'Ask for approval' }).click()
  await expect(dialog.getByText('An exception ends in the future')).toBeVisible()
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  await dialog.getByLabel('Until').fill(until)
  await dialog.getByRole('button', { name: 'Ask for approval' }).click()
  await expect(exception.getByText('Waiting for approval')).toBeVisible()
  await expect(exception.getByRole('button', { name: 'Approve' })).toHaveAccessibleDescription(
    /asked for this .* yourself/,
  )

  const leila = await as('leila')
  await visit(leila, urls.exceptions({ state: 'asked' }))
  const row = leila.getByRole('row').filter({ hasText: tool.slug })
  await expect(row).toContainText('The application moves house')
  await row.getByRole('button', { name: 'Approve' }).click()
  const reason = leila.getByRole('dialog')
  await reason.getByRole('textbox', { name: 'Reason' }).fill('Until the move is over')
  await reason.getByRole('button', { name: 'Approve' }).click()
  await expect(row).toHaveCount(0)
  await visit(leila, urls.exceptions({ state: 'in_force' }))
  await expect(row).toContainText(until)

  await visit(page, urls.gap(gap.id))
  await expect(panel(page, 'Work').getByText('Excepted')).toBeVisible()
  await expect(exception).toContainText(until)
  await expect(exception).toContainText(people.leila.name)
  await pressWithReason(page, 'Withdraw', 'Mended sooner')
  await expect(panel(page, 'Work').getByText('Open', { exact: true })).toBeVisible()
})

test('gaps are chosen with the keyboard and worked on together', async ({ page, api, unique }) => {
  await ownBindings(api, unique, 2)
  await visit(page, urls.gaps({ text: unique, rule: 'layer-unowned' }))
  const table = page.getByRole('table', { name: 'Gaps' })
  await expect(table.getByRole('row').nth(2)).toBeVisible()
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
  const bar = page.getByRole('toolbar', { name: 'Selected gaps' })
  await expect(bar).toContainText('2 of')
  await bar.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(bar).toBeHidden()
  await expect(table.getByText('Acknowledged')).toHaveCount(2)
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(bar).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(bar).toBeHidden()
})

test.describe('an auditor', () => {
  test.use({ who: 'mei' })
  test('reads a gap and is told why nothing can be pressed', async ({ page, api, unique }) => {
    const { gap } = await ownGap(api, unique)
    await visit(page, urls.gap(gap.id))
    for (const name of ['Acknowledge', 'Check again', 'Ask for an exception', 'Comment'])
      await expect(page.getByRole('button', { name, exact: true })).toHaveAccessibleDescription(/./)
  })
})
