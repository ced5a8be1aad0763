import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page, request } from '@playwright/test'
import { z } from 'zod'
import { urls } from '@/lib/urls'
import { baseUrl, passwordOf, people, sessionFile, sessionOf, type Who } from './accounts'
import { onDatabase } from './database'
import { visit } from './visit'

/** Signs somebody in by their password, and keeps the session in its file. */
export async function signInAfresh(who: Who): Promise<void> {
  // As nobody: inside of a test it would begin with the session of that test, and end it by taking its place.
  const browser = await request.newContext({ baseURL: baseUrl(), timeout: 60_000, storageState: sessionOf(null) })
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await (await browser.get('/api/auth/csrf')).json())
  const form = { csrfToken, email: people[who].email, password: passwordOf(who), json: 'true' }
  const answer = await browser.post('/api/auth/callback/credentials', { form })
  if (!answer.ok()) throw new Error(`${who} could not sign in: ${answer.status()} ${await answer.text()}`)
  // Put in place whole: another worker may be reading it.
  const file = sessionFile(who)
  mkdirSync(path.dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(await browser.storageState()))
  renameSync(draft, file)
  await browser.dispose()
}

/** So old a session may be for what asks that somebody has shown lately who they are; the app allows ten minutes. */
const freshMs = 5 * 60_000

/** Signs somebody in anew unless they did a moment ago: sensitive acts ask for it, and a run takes longer than that. */
export async function keepFresh(who: Who): Promise<void> {
  if (Date.now() - statSync(sessionFile(who)).mtimeMs > freshMs) await signInAfresh(who)
}

const sessionsSchema = z.object({ rows: z.array(z.object({ id: z.string(), isThis: z.boolean() })) })

/** As if whoever is on the page had shown who they are an hour ago. */
export async function showedLongAgo(page: Page): Promise<void> {
  const { rows } = sessionsSchema.parse(await (await page.request.get('/api/v1/sessions')).json())
  const here = rows.find(({ isThis }) => isThis)
  await onDatabase(`UPDATE session SET authenticated_at = now() - interval '1 hour' WHERE id = $1`, [here?.id])
}

/** Signs somebody in on the page itself, for a test that ends or changes that session: others share the one that is kept. */
export async function signInOn(page: Page, who: Who): Promise<void> {
  await visit(page, urls.signIn())
  await page.getByLabel('E-mail address').fill(people[who].email)
  await page.getByLabel('Password', { exact: true }).fill(passwordOf(who))
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveTitle(/Overview/)
}
