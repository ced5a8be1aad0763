import { urls } from '@/lib/urls'
import { pentarch } from './support/cli'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.use({ who: 'chidi' })

test('a token made in the browser works for the command line, within its scopes, until it is revoked', async ({
  page,
  unique,
}) => {
  await visit(page, urls.tokens())
  await page.getByRole('button', { name: 'New token' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(`CI ${unique}`)
  await dialog.getByRole('button', { name: 'Make token' }).click()
  const token = await dialog.getByRole('textbox', { name: 'Token' }).inputValue()
  expect(token).toMatch(/^ptk_/)
  await dialog.getByRole('button', { name: 'Done' }).click()
  const row = page.getByRole('row').filter({ hasText: `CI ${unique}` })
  await expect(row).toContainText('never')
  await expect(page.getByText(token)).toBeHidden()

  const listed = await pentarch(['list', 'teams', '--format', 'json'], token)
  expect(listed).toMatchObject({ code: 0, stderr: '' })
  const args = ['--layer', 'monitoring', '--agent', 'claims-payer', '--team', 'cloud-platform', '--reason', 'Try']
  const refused = await pentarch(['assign', ...args], token)
  expect(refused).toMatchObject({ code: 3, stdout: '' })
  expect(refused.stderr).toContain('lacks the scope "ownership"')

  await page.reload()
  await expect(row).not.toContainText('never')
  await page.getByRole('button', { name: `Revoke CI ${unique}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByRole('button', { name: `Revoke CI ${unique}` })).toBeHidden()
  expect((await pentarch(['list', 'teams'], token)).code).toBe(3)
})

test('nobody sees the tokens of somebody else, not even an admin', async ({ page, as, unique }) => {
  await visit(page, urls.tokens())
  await page.getByRole('button', { name: 'New token' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(`Own ${unique}`)
  await page.getByRole('button', { name: 'Make token' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('row').filter({ hasText: `Own ${unique}` })).toBeVisible()
  const other = await as('leila')
  await visit(other, urls.tokens())
  await expect(other.getByRole('heading', { level: 1, name: 'API tokens' })).toBeVisible()
  await expect(other.getByText(`Own ${unique}`)).toHaveCount(0)
})
