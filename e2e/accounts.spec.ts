import type { Page } from '@playwright/test'
import { urls } from '@/lib/urls'
import { invited } from './support/invited'
import { addressIn, nextMailTo } from './support/mail'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.use({ who: 'leila' })

const menuOf = (page: Page, name: string) => page.getByRole('button', { name: `Actions for ${name}` })

test('somebody is invited, given another role, disabled and enabled again', async ({ page, as, unique, noise }) => {
  noise.expect(/status of 401/)
  const theirs = await as(null)
  const { email, name, password } = await invited(page, theirs, unique)
  await visit(page, urls.accounts({ text: unique }))
  const row = page.getByRole('row', { name: new RegExp(name) })
  await expect(row).toContainText('Member')
  await menuOf(page, name).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await page.getByRole('dialog').getByLabel('Role').click()
  await page.getByRole('option', { name: 'Engineer' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('Engineer')
  // What they were signed in with is over.
  await theirs.goto(urls.matrix())
  await expect(theirs.getByRole('heading', { name: 'Sign in to Pentarch' })).toBeVisible()

  await menuOf(page, name).click()
  await page.getByRole('menuitem', { name: 'Disable' }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('On leave for a year')
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await expect(row).toContainText('disabled')
  await theirs.getByLabel('E-mail address').fill(email)
  await theirs.getByLabel('Password', { exact: true }).fill(password)
  await theirs.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(theirs.getByRole('alert').filter({ hasText: 'wrong' })).toBeVisible()

  await menuOf(page, name).click()
  await page.getByRole('menuitem', { name: 'Enable again' }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('Back again')
  await page.getByRole('dialog').getByRole('button', { name: 'Enable' }).click()
  await expect(row).not.toContainText('disabled')
  await theirs.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(theirs).toHaveURL(urls.matrix())
})

test('a forgotten password is chosen anew by a link that is good for once', async ({ page, as, unique, noise }) => {
  noise.expect(/status of 404/)
  const theirs = await as(null)
  const { email, name } = await invited(page, theirs, unique)
  const other = await as(null)
  await visit(other, urls.signIn())
  await other.getByLabel('E-mail address').fill(email)
  await other.getByRole('button', { name: 'I forgot my password' }).click()
  await expect(other.getByRole('status').filter({ hasText: 'a link is on its way' })).toBeVisible()
  const link = addressIn(await nextMailTo(email, 1))
  await other.goto(link)
  await expect(other.getByLabel('E-mail address')).toHaveValue(email)
  await other.getByRole('textbox', { name: 'Password' }).fill(`another one of ${unique}`)
  await other.getByRole('button', { name: 'Choose this password' }).click()
  await expect(other.getByRole('button', { name: `Account of ${name}` })).toBeVisible()
  // Whoever was in by the old one is out.
  await theirs.goto(urls.matrix())
  await expect(theirs.getByRole('heading', { name: 'Sign in to Pentarch' })).toBeVisible()
  const late = await as(null)
  await late.goto(link)
  await expect(late.getByRole('alert').filter({ hasText: 'used already' })).toBeVisible()
})

test('who asks for a link learns nothing about who has an account', async ({ page, as }) => {
  const other = await as(null)
  await visit(other, urls.signIn())
  await other.getByLabel('E-mail address').fill('nobody@kestrelbay.example')
  await other.getByRole('button', { name: 'I forgot my password' }).click()
  await expect(other.getByRole('status').filter({ hasText: 'a link is on its way' })).toBeVisible()
  await visit(page, urls.accounts({ text: 'nobody@' }))
  await expect(page.getByText('nobody@kestrelbay.example')).toBeHidden()
})
