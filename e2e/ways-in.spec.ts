import type { Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { urls } from '@/lib/urls'
import { people } from './support/accounts'
import { onDatabase } from './support/database'
import { type Invited, invited } from './support/invited'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.use({ who: null })

const heading = (page: Page) => page.getByRole('heading', { name: 'Sign in to Pentarch' })

async function fillIn(page: Page, { email, password }: Invited) {
  await visit(page, urls.signIn(urls.waysIn()))
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** As if they had shown who they are an hour ago. */
const growStale = (email: string) =>
  onDatabase(
    `UPDATE session SET authenticated_at = now() - interval '1 hour' FROM account a WHERE a.id = session.account_id AND a.email = $1`,
    [email],
  )

test('an authenticator app is added, asked for a code, and stood in for by a recovery code once', async ({
  page,
  as,
  unique,
  noise,
}) => {
  noise.expect(/status of 4(?:00|01|22)/)
  const account = await invited(await as('leila'), page, unique)
  await visit(page, urls.waysIn())
  await page.getByRole('button', { name: 'Add an app' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('img', { name: 'QR code for the app' })).toBeVisible()
  const secret = ((await dialog.locator('pre').textContent()) ?? '').replaceAll(/\s/g, '')
  const app = new TOTP({ secret: Secret.fromBase32(secret) })
  await dialog.getByLabel('Code that the app shows').fill(app.generate() === '000000' ? '000001' : '000000')
  await dialog.getByRole('button', { name: 'Add the app' }).click()
  await expect(dialog).toContainText('This is not the code of the app just now')
  await dialog.getByLabel('Code that the app shows').fill(app.generate())
  await dialog.getByRole('button', { name: 'Add the app' }).click()
  const shown = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(shown).toHaveCount(10)
  const codes = await shown.allTextContents()
  await dialog.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText('10 recovery codes are left')).toBeVisible()

  const other = await as(null)
  await fillIn(other, account)
  // The code that was just shown to be right is used up.
  await other.getByLabel('Code', { exact: true }).fill(app.generate())
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(other.getByRole('alert').filter({ hasText: 'not the one just now' })).toBeVisible()
  await other.getByLabel('Code', { exact: true }).fill(app.generate({ timestamp: Date.now() + 30_000 }))
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(other.getByRole('row', { name: /this one/ })).toContainText('password and code')

  const third = await as(null)
  await fillIn(third, account)
  await third.getByLabel('Code', { exact: true }).fill(codes[0] ?? '')
  await third.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(third.getByText('9 recovery codes are left')).toBeVisible()
  const fourth = await as(null)
  await fillIn(fourth, account)
  await fourth.getByLabel('Code', { exact: true }).fill(codes[0] ?? '')
  await fourth.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(fourth.getByRole('alert').filter({ hasText: 'not the one just now' })).toBeVisible()
})

test('a passkey is made and opens the account without a password', async ({ page, as, unique, noise }) => {
  noise.expect(/status of 4(?:00|01|22)/)
  const account = await invited(await as('leila'), page, unique)
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await visit(page, urls.waysIn())
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Laptop')
  await page.getByRole('dialog').getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('button', { name: 'Remove Laptop' })).toBeVisible()

  await page.context().clearCookies()
  await visit(page, urls.signIn(urls.waysIn()))
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(page.getByRole('row', { name: /this one/ })).toContainText('passkey')
  await expect(page.getByText(account.email)).toBeVisible()

  // Shown once more by the passkey, when what is sensitive asks for it.
  await growStale(account.email)
  await page.getByRole('button', { name: 'Remove Laptop' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  const confirm = page.getByRole('dialog', { name: 'Show that it is you' })
  await confirm.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(page.getByRole('button', { name: 'Remove Laptop' })).toBeHidden()
  await page.context().clearCookies()
  await visit(page, urls.signIn())
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'opens no account here' })).toBeVisible()
})

test('what is sensitive asks for the password once more, and goes on where one was', async ({
  page,
  as,
  unique,
  noise,
}) => {
  noise.expect(/status of 4(?:00|01|22)/)
  const account = await invited(await as('leila'), page, unique)
  await growStale(account.email)
  await visit(page, urls.tokens())
  await page.getByRole('button', { name: 'New token' }).click()
  await page.getByLabel('Name').fill('CI')
  await page.getByRole('button', { name: 'Make token' }).click()
  const confirm = page.getByRole('dialog', { name: 'Show that it is you' })
  await confirm.getByRole('textbox', { name: 'Your password' }).fill('not it')
  await confirm.getByRole('button', { name: 'Go on' }).click()
  await expect(confirm).toContainText('wrong')
  await confirm.getByRole('textbox', { name: 'Your password' }).fill(account.password)
  await confirm.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('dialog', { name: 'CI is made' })).toBeVisible()
})

test('a session is ended from another browser, and a new password ends all others', async ({
  page,
  as,
  unique,
  noise,
}) => {
  noise.expect(/status of 4(?:00|01|22)/)
  const account = await invited(await as('leila'), page, unique)
  const other = await as(null)
  await fillIn(other, account)
  await expect(other.getByRole('row', { name: /this one/ })).toBeVisible()
  await visit(page, urls.waysIn())
  await page.getByRole('button', { name: 'Sign out there' }).click()
  await expect(page.getByRole('button', { name: 'Sign out there' })).toBeHidden()
  await other.goto(urls.matrix())
  await expect(heading(other)).toBeVisible()

  await fillIn(other, account)
  await expect(other.getByRole('row', { name: /this one/ })).toBeVisible()
  for (const [password, why] of [
    ['qwertyuiop12', /attackers try first|at least 12/],
    ['short', /at least 12 characters/],
  ] as const) {
    await page.getByRole('textbox', { name: 'New password' }).fill(password)
    await page.getByRole('button', { name: 'Change it' }).click()
    await expect(page.getByText(why).first()).toBeVisible()
  }
  await page.getByRole('textbox', { name: 'New password' }).fill(`another one of ${unique}`)
  await page.getByRole('button', { name: 'Change it' }).click()
  await expect(page.getByText('You are signed out everywhere else')).toBeVisible()
  await other.goto(urls.matrix())
  await expect(heading(other)).toBeVisible()
  await fillIn(other, account)
  await expect(other.getByRole('alert').filter({ hasText: 'wrong' })).toBeVisible()
})

test('nobody’s own role is theirs to change, and the last administrator stays', async ({ as }) => {
  const page = await as('leila')
  await visit(page, urls.accounts({ text: people.leila.email }))
  const edit = page.getByRole('button', { name: `Edit ${people.leila.name}` })
  await edit.focus()
  await expect(page.getByRole('tooltip')).toContainText('changed by another administrator')
})
