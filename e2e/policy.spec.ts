import { urls } from '@/lib/urls'
import { asFile, ownBindings } from './support/estate'
import { expect, test } from './support/test'
import { visit } from './support/visit'

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

test('a limit is changed with a look at what it opens, and put back', async ({ page, as, api, noise, unique }) => {
  noise.expect(/status of 409/)
  const { agent, tools } = await ownBindings(api, unique)
  const tool = tools[0]?.slug ?? ''
  const binding = { agent: agent.slug, tool, state: 'active', risk: 'high' }
  const estate = {
    apiVersion: 'pentarch/v1',
    kind: 'Estate',
    bindings: [{ ...binding, allowlist: { present: true, reviewedAt: daysAgo(100), reviewedBy: 'farid.rahmani' } }],
  }
  await api('imports.apply', { kind: 'estate', files: [asFile(`list-${unique}.json`, JSON.stringify(estate))] })
  const found = async () => (await api('gaps.list', { agent: agent.slug, rule: 'allowlist-unreviewed' })).rows.length
  expect(await found()).toBe(0)

  const mei = await as('mei')
  await visit(mei, urls.policy())
  const field = { name: 'An allowlist review holds for' }
  await expect(mei.getByRole('textbox', field)).toBeDisabled()
  await expect(mei.getByRole('button', { name: 'Review and save' })).toHaveAccessibleDescription(/needs the role/)

  await visit(page, urls.policy())
  await page.getByRole('textbox', field).fill('99')
  await page.getByRole('button', { name: 'Review and save' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/This change opens .* gap/)).toBeVisible()
  await expect(dialog.getByRole('list', { name: 'Changes' })).toContainText('180 days → 99 days')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await found()).toBe(0)

  await page.getByRole('button', { name: 'Review and save' }).click()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Twice a year is too rare')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('Nothing changed')).toBeVisible()
  expect(await found()).toBe(1)
  await visit(mei, urls.rule('allowlist-unreviewed'))
  await expect(mei.getByRole('region', { name: 'Limits in force' })).toContainText('99 days')

  // Somebody else is quicker: nothing typed is lost, and the page says who.
  const { policy, version } = await api('settings.policy.get', {})
  await api('settings.policy.update', {
    policy: { ...policy, exceptionDaysMax: 360 },
    version,
    reason: 'A little less',
  })
  await page.getByRole('textbox', field).fill('180')
  await page.getByRole('button', { name: 'Review and save' }).click()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Back')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Farid Rahmani')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('textbox', field)).toHaveValue('180 days')
  await page.getByRole('button', { name: 'Load the new values' }).click()
  await page.getByRole('button', { name: /^Put An allowlist review holds for back/ }).click()
  await page.getByRole('button', { name: /^Put An exception lasts at most back/ }).click()
  await page.getByRole('button', { name: 'Review and save' }).click()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('All as it was')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  expect(await found()).toBe(0)
})
