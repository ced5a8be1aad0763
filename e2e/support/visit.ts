import type { Page } from '@playwright/test'

/** Goes to an address of the app and waits until the page listens: what is clicked before that is lost. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await settled(page)
}

/** Waits until React has taken the page over, which Mantine marks on the document. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.hasAttribute('data-respect-reduced-motion'))
}
