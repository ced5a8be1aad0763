import { request } from '@playwright/test'
import { z } from 'zod'
import { baseUrl, everybody, passwordOf, people, sessionFile, type Who } from './accounts'

/** Signs everybody in once; tests start from the session they need. */
export default async function setUp(): Promise<void> {
  for (const who of everybody) await signIn(who)
}

async function signIn(who: Who): Promise<void> {
  const browser = await request.newContext({ baseURL: baseUrl(), timeout: 60_000 })
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await (await browser.get('/api/auth/csrf')).json())
  const form = { csrfToken, email: people[who].email, password: passwordOf(who), json: 'true' }
  const answer = await browser.post('/api/auth/callback/credentials', { form })
  if (!answer.ok()) throw new Error(`${who} could not sign in: ${answer.status()} ${await answer.text()}`)
  await browser.storageState({ path: sessionFile(who) })
  await browser.dispose()
}
