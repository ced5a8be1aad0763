import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { request } from '@playwright/test'
import { z } from 'zod'
import { baseUrl, passwordOf, people, sessionFile, sessionOf, type Who } from './accounts'
import { onDatabase } from './database'

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

/** As if somebody had shown who they are an hour ago, wherever they are signed in. */
export async function showedLongAgo(who: Who): Promise<void> {
  await onDatabase(
    `UPDATE session SET authenticated_at = now() - interval '1 hour' FROM account a
     WHERE a.id = session.account_id AND a.email = $1`,
    [people[who].email],
  )
}
