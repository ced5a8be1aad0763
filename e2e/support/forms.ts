import { expect, type Page } from '@playwright/test'

/** Chooses a record in the open dialog by its name. */
export async function choose(page: Page, label: string, name: string): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: label }).fill(name)
  await page.getByRole('option', { name }).click()
}

/** Presses a button that asks why, and says why. */
export async function pressWithReason(page: Page, button: string, reason = 'As agreed'): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason)
  await dialog.getByRole('button', { name: button, exact: true }).click()
  await expect(dialog).toBeHidden()
}
