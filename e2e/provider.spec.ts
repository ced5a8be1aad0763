import type { Page } from '@playwright/test'
import { faults } from '@/lib/access/oidc/testing/identity-provider'
import { urls } from '@/lib/urls'
import { baseUrl } from './support/accounts'
import { onDatabase } from './support/database'
import { byProvider, issuer, know, order } from './support/identity'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.use({ who: null })
// The provider is one for all: what is switched off for one test would be off for its neighbours.
test.describe.configure({ mode: 'serial' })

test.afterEach(async () => {
  await order({ act: 'setFault', fault: null })
  await order({ act: 'setDown', down: false })
})

const alert = (page: Page, text: string | RegExp) => page.getByRole('alert').filter({ hasText: text })

/** As if the provider was asked long ago, so that the next request asks it again. */
const askAgainNow = (email: string) =>
  onDatabase(
    `UPDATE session SET asked_at = now() - interval '2 minutes' FROM account a WHERE a.id = session.account_id AND a.email = $1`,
    [email],
  )

test('somebody comes by the identity provider, has the role of their groups, and signs out there as well', async ({
  page,
  unique,
  noise,
}) => {
  noise.allowOrigin(issuer())
  await know(unique, ['pentarch-auditors'])
  await visit(page, urls.log())
  await byProvider(page, unique)
  await expect(page).toHaveURL(urls.log())
  await page.getByRole('button', { name: `Account of Person ${unique}` }).click()
  await expect(page.getByRole('menu')).toContainText('Auditor')
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  // The provider asks whether it is meant.
  await page.getByRole('button', { name: /Yes/ }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to Pentarch' })).toBeVisible()
  // Signed out there too: it asks anew who it is.
  await page.getByRole('button', { name: 'Continue with Kestrel Bay' }).click()
  await expect(page.getByLabel('Who')).toBeVisible()
})

test('a group that is taken away takes the role along, and the last one the session', async ({
  page,
  unique,
  noise,
}) => {
  noise.allowOrigin(issuer())
  noise.expect(/status of 401/)
  await know(unique, ['pentarch-leads', 'pentarch-members'])
  await visit(page, urls.policy())
  await byProvider(page, unique)
  const account = page.getByRole('button', { name: `Account of Person ${unique}` })
  await account.click()
  await expect(page.getByRole('menu')).toContainText('Governance lead')
  await know(unique, ['pentarch-members'])
  await askAgainNow(`${unique}@kestrelbay.example`)
  await visit(page, urls.matrix())
  await account.click()
  await expect(page.getByRole('menu')).toContainText('Member')
  await know(unique, [])
  await askAgainNow(`${unique}@kestrelbay.example`)
  await page.goto(urls.matrix())
  await expect(page.getByRole('heading', { name: 'Sign in to Pentarch' })).toBeVisible()
  // The provider still knows who they are, and asks nothing.
  await page.getByRole('button', { name: 'Continue with Kestrel Bay' }).click()
  await expect(alert(page, 'You are in none of the groups')).toBeVisible()
})

test('the provider ends a session from its side', async ({ page, unique, noise }) => {
  noise.allowOrigin(issuer())
  await know(unique, ['pentarch-members'])
  await visit(page, urls.gaps())
  await byProvider(page, unique)
  await expect(page).toHaveURL(urls.gaps())
  const ended = () =>
    onDatabase(
      `SELECT s.ending FROM session s JOIN account a ON a.id = s.account_id WHERE a.email = $1 AND s.ending = 'provider'`,
      [`${unique}@kestrelbay.example`],
    )
  expect(await ended()).toHaveLength(0)
  // At the provider itself, in the same browser: it tells Pentarch behind the browser's back.
  await page.goto(`${issuer()}/session/end`)
  await page.getByRole('button', { name: /Yes/ }).click()
  await expect.poll(async () => (await ended()).length).toBe(1)
  await page.goto(`${baseUrl()}${urls.gaps()}`)
  await expect(page.getByRole('heading', { name: 'Sign in to Pentarch' })).toBeVisible()
})

for (const fault of faults) {
  test(`an ID token with a wrong ${fault} lets nobody in`, async ({ page, unique, noise }) => {
    noise.allowOrigin(issuer())
    await know(unique, ['pentarch-members'])
    await order({ act: 'setFault', fault })
    await visit(page, urls.matrix())
    await byProvider(page, unique)
    await expect(alert(page, 'answer could not be taken')).toBeVisible()
    await visit(page, urls.matrix())
    await expect(page.getByRole('heading', { name: 'Sign in to Pentarch' })).toBeVisible()
  })
}

test('the provider may sign with another key from one day to the next', async ({ page, unique, noise }) => {
  noise.allowOrigin(issuer())
  await know(unique, ['pentarch-members'])
  await order({ act: 'rotateKeys' })
  await visit(page, urls.matrix())
  await byProvider(page, unique)
  await expect(page).toHaveURL(urls.matrix())
})

test('while the provider is down, the page says so, and those who are in stay in for a while', async ({
  page,
  as,
  unique,
  noise,
}) => {
  noise.allowOrigin(issuer())
  await know(unique, ['pentarch-members'])
  await visit(page, urls.matrix())
  await byProvider(page, unique)
  await expect(page).toHaveURL(urls.matrix())
  await order({ act: 'setDown', down: true })
  const other = await as(null)
  await visit(other, urls.matrix())
  await other.getByRole('button', { name: 'Continue with Kestrel Bay' }).click()
  await expect(alert(other, 'cannot be reached just now')).toBeVisible()
  await askAgainNow(`${unique}@kestrelbay.example`)
  await visit(page, urls.gaps())
  await expect(page.getByRole('heading', { name: 'Gaps', level: 1 })).toBeVisible()
  await onDatabase(
    `UPDATE session SET asked_at = now() - interval '20 minutes', answered_at = now() - interval '20 minutes'
     FROM account a WHERE a.id = session.account_id AND a.email = $1`,
    [`${unique}@kestrelbay.example`],
  )
  await page.goto(urls.gaps())
  await expect(page.getByRole('heading', { name: 'Sign in to Pentarch' })).toBeVisible()
})

test('an address that the provider does not vouch for opens nobody’s account', async ({ page, unique, noise }) => {
  noise.allowOrigin(issuer())
  await know(unique, ['pentarch-members'], { email: 'leila.haddad@kestrelbay.example', emailVerified: false })
  await visit(page, urls.matrix())
  await byProvider(page, unique)
  await expect(alert(page, 'does not vouch for an e-mail address')).toBeVisible()
})
