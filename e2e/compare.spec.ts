import { urls } from '@/lib/urls'
import { pentarch } from './support/cli'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test('an auditor compares two instants and reads what changed in between, from what to what', async ({
  as,
  api,
  unique,
}) => {
  const { now: from } = await api('history.span', {})
  const agent = await api('agents.create', { name: `Compared ${unique}`, purpose: 'Answers claims' })
  const { now: between } = await api('history.span', {})
  await api('agents.update', { slug: agent.slug, version: agent.version, purpose: 'Answers and pays claims' })
  const { now: to } = await api('history.span', {})

  const page = await as('mei')
  await visit(page, urls.compare())
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Compare two instants')
  await expect(page.getByLabel('From (UTC)')).not.toHaveValue('')

  await visit(page, urls.compare({ from, to, kind: 'agent' }))
  const added = page.getByRole('listitem').filter({ hasText: `Compared ${unique}` })
  await expect(added).toContainText('Added')
  await expect(added).toContainText('Answers and pays claims')

  await visit(page, urls.compare({ from: between, to, kind: 'agent' }))
  const changed = page.getByRole('listitem').filter({ hasText: `Compared ${unique}` })
  await expect(changed).toContainText('Changed')
  await expect(changed.locator('del')).toHaveText('Answers claims')
  await expect(changed.locator('ins')).toHaveText('Answers and pays claims')
  await changed.getByRole('link', { name: `Compared ${unique}` }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Compared ${unique}`)

  const told = await pentarch(['compare', '--from', between, '--to', to, '--kind', 'agent', '--format', 'json'])
  expect(told.code).toBe(0)
  expect(JSON.parse(told.stdout).changes).toContainEqual(
    expect.objectContaining({
      how: 'changed',
      thing: expect.objectContaining({ slug: agent.slug }),
      before: { purpose: 'Answers claims' },
      after: { purpose: 'Answers and pays claims' },
    }),
  )
})

test('instants that cannot be compared are refused where they are asked for', async ({ page }) => {
  await visit(page, urls.compare({ from: 'yesterday' }))
  await expect(page.getByRole('alert').filter({ hasText: 'from' })).toContainText('2026-03-03')
  await page.getByRole('link', { name: 'Since the beginning' }).click()
  await expect(page.getByText('Differences in all')).toBeVisible()
  await page.getByLabel('From (UTC)').fill('2098-01-01T00:00')
  await expect(page.getByText('Has to be later than the other')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Compare' })).toBeDisabled()
})
