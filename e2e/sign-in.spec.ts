import type { Page } from '@playwright/test'
import { roleTitles } from '@/lib/access/model'
import { problemSchema } from '@/lib/http/problem'
import { urls } from '@/lib/urls'
import { everybody, passwordOf, people } from './support/accounts'
import { everyPage } from './support/pages'
import { expect, test } from './support/test'
import { settled, visit } from './support/visit'

test.use({ who: null })

async function fillIn(page: Page, email: string, password: string) {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

for (const who of everybody) {
  test(`${who} signs in, is greeted with name and role, and signs out`, async ({ page }) => {
    const { name, email, role } = people[who]
    await visit(page, urls.signIn())
    await fillIn(page, email, passwordOf(who))
    await expect(page).toHaveTitle(/Overview/)
    await settled(page)
    await page.getByRole('button', { name: new RegExp(name) }).click()
    await expect(page.getByRole('menu')).toContainText(roleTitles[role])
    const left = page.waitForResponse(/\/api\/auth\/signout/)
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    expect((await (await left).allHeaders())['clear-site-data']).toBe('"cache"')
    await expect(page.getByRole('heading', { name: 'Sign in to Pentarch' })).toBeVisible()
    await visit(page, urls.matrix())
    await expect(page.getByRole('heading', { name: 'Sign in to Pentarch' })).toBeVisible()
  })
}

test('a wrong password is refused in words that tell nothing about the account', async ({ page, noise }) => {
  noise.expect(/status of 401/)
  await visit(page, urls.signIn())
  for (const email of [people.mei.email, 'nobody@kestrelbay.example']) {
    await fillIn(page, email, 'not the password')
    await expect(page.getByRole('alert').filter({ hasText: 'wrong' })).toHaveText(
      'E-mail address or password is wrong.',
    )
    await expect(page.getByLabel('E-mail address')).toHaveValue(email)
  }
  await fillIn(page, '', '')
  await expect(page.getByText('Enter your e-mail address')).toBeVisible()
  await expect(page.getByText('Enter your password')).toBeVisible()
})

test('guessing is slowed down', async ({ page, noise, unique }) => {
  noise.expect(/status of 401/)
  await visit(page, urls.signIn())
  const alert = page.getByRole('alert').filter({ hasText: /wrong|Too many/ })
  await expect(async () => {
    await fillIn(page, `guess-${unique}@kestrelbay.example`, 'not the password')
    await expect(alert).toContainText('Too many failed attempts. Try again in a minute.', { timeout: 2_000 })
  }).toPass()
})

test('who signs in comes back to the view they asked for', async ({ page }) => {
  const view = urls.matrix({ risk: 'critical', sort: 'risk' })
  await visit(page, view)
  await fillIn(page, people.farid.email, passwordOf('farid'))
  await expect(page).toHaveURL(view)
  await expect(page.getByRole('heading', { name: 'Matrix' })).toBeVisible()
})

test('a callback to another site is not followed', async ({ page }) => {
  await visit(page, urls.signIn('//evil.example/'))
  await fillIn(page, people.farid.email, passwordOf('farid'))
  await expect(page).toHaveURL(urls.overview())
})

test('every page sends those who are not signed in to sign in, and shows nothing', async ({ request, api }) => {
  for (const path of await everyPage(api)) {
    const answer = await request.get(path, { maxRedirects: 0 })
    expect(answer.status(), path).toBe(307)
    expect(new URL(answer.headers().location ?? '', 'http://here').pathname, path).toBe('/sign-in')
  }
})

test('the API asks for a session or a token with a problem document', async ({ request }) => {
  for (const headers of [{}, { authorization: 'Bearer ptk_unknown' }]) {
    const answer = await request.get('/api/v1/agents', { headers })
    expect(answer.status()).toBe(401)
    expect(answer.headers()['content-type']).toBe('application/problem+json')
    expect(problemSchema.parse(await answer.json())).toMatchObject({ code: 'unauthenticated', status: 401 })
  }
})
