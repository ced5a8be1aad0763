import { expect, type Page } from '@playwright/test'
import type { IdentityOrder } from '@/scripts/support/identity'

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; run the end-to-end tests with: npm test -- e2e`)
  return value
}

/** The address of the identity provider. */
export const issuer = (): string => required('OIDC_ISSUER')

/** Has the identity provider of the tests do something. */
export async function order(what: IdentityOrder): Promise<void> {
  const answer = await fetch(required('PENTARCH_E2E_IDENTITY'), { method: 'POST', body: JSON.stringify(what) })
  expect(answer.ok, await answer.text()).toBe(true)
}

/** Makes somebody known to the provider, or changes their groups. */
export async function know(sub: string, groups: string[], more: { email?: string; emailVerified?: boolean } = {}) {
  const { email = `${sub}@kestrelbay.example`, emailVerified = true } = more
  await order({ act: 'know', person: { sub, email, emailVerified, name: `Person ${sub}`, groups } })
}

/** On the sign-in page: goes to the provider, and there says who one is. */
export async function byProvider(page: Page, sub: string): Promise<void> {
  await page.getByRole('button', { name: 'Continue with Kestrel Bay' }).click()
  await page.getByLabel('Who').fill(sub)
  await page.getByRole('button', { name: 'Continue' }).click()
}
