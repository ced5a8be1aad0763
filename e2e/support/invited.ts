import { expect, type Page } from '@playwright/test'
import { urls } from '@/lib/urls'
import { addressIn, nextMailTo } from './mail'
import { visit } from './visit'

/** Somebody who has just come by an invitation. */
export interface Invited {
  email: string
  name: string
  password: string
}

/** Has an administrator invite somebody, who follows the link in their mail and is signed in on `page` then. */
export async function invited(administrator: Page, page: Page, unique: string, role = 'Member'): Promise<Invited> {
  const account = { email: `${unique}@kestrelbay.example`, name: `New ${unique}`, password: `a few words of ${unique}` }
  await visit(administrator, urls.accounts())
  await administrator.getByRole('button', { name: 'Invite somebody' }).click()
  const dialog = administrator.getByRole('dialog')
  await dialog.getByLabel('E-mail address').fill(account.email)
  await dialog.getByLabel('Name').fill(account.name)
  await dialog.getByLabel('Role').click()
  await administrator.getByRole('option', { name: role }).click()
  await dialog.getByRole('button', { name: 'Invite' }).click()
  await expect(dialog).toContainText(`A link goes to ${account.name} by mail`)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.goto(addressIn(await nextMailTo(account.email)))
  await page.getByRole('textbox', { name: 'Password' }).fill(account.password)
  await page.getByRole('button', { name: 'Choose this password' }).click()
  await expect(page).toHaveTitle(/Overview/)
  return account
}
