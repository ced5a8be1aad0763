import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { urls } from '@/lib/urls'
import { commandLineToken, dataDir, people } from './support/accounts'
import { everyPage } from './support/pages'
import { expect, test } from './support/test'

const kept = (file: string) => readFileSync(path.join(dataDir(), file), 'utf8')

/** What must stand in no answer and no log: each secret that this installation runs with. */
function secrets(): Record<string, string> {
  const database = new URL(process.env.PENTARCH_E2E_DATABASE ?? '')
  const logKey: unknown = JSON.parse(kept('log-key.json'))
  const keys = JSON.stringify(logKey).match(/[A-Za-z0-9+/_-]{40,}={0,2}/g) ?? []
  return {
    'what signs sessions': kept('nextauth.secret').trim(),
    'an API token': commandLineToken(),
    ...(database.password && { 'the password of the database': database.password }),
    ...Object.fromEntries(keys.map((key, index) => [`a key of the log (${index})`, key])),
  }
}

test('no page, no answer, no file and no log says a secret of the installation', async ({ api, as }) => {
  test.slow()
  const page = await as('leila')
  // The log gets its key with its first checkpoint, within a minute of the start.
  await expect.poll(() => existsSync(path.join(dataDir(), 'log-key.json')), { timeout: 100_000 }).toBe(true)
  const planted = secrets()
  expect(Object.keys(planted).length).toBeGreaterThan(2)
  const secretsIn = (text: string) => Object.keys(planted).filter((name) => text.includes(planted[name] ?? ''))

  for (const address of [...(await everyPage(api)), urls.mails()]) {
    for (const headers of [{}, { rsc: '1' }]) {
      const answer = await page.request.get(address, { headers })
      expect(secretsIn(await answer.text()), address).toEqual([])
    }
  }
  const answers = [
    'me',
    'tokens',
    'audit',
    'settings/policy',
    'settings/outbound',
    'event-streams',
    'export-schedules',
    'metrics',
    'mails',
    'nothing',
  ]
  for (const operation of answers) {
    const answer = await page.request.get(`/api/v1/${operation}`)
    expect(secretsIn(await answer.text()), operation).toEqual([])
  }
  for (const kind of ['audit', 'matrix', 'gaps']) {
    const file = await page.request.get(`/api/v1/exports/kinds/${kind}/file?format=csv`)
    expect(file.status(), kind).toBe(200)
    expect(secretsIn(await file.text()), kind).toEqual([])
  }
  const wrong = { headers: { authorization: `Bearer ${commandLineToken()}x` } }
  expect(secretsIn(await (await page.request.get('/api/v1/me', wrong)).text())).toEqual([])
  const failed = { email: people.emily.email, password: 'canary-password-of-nobody', csrfToken: 'none', json: 'true' }
  await page.request.post('/api/auth/callback/credentials', { form: failed })

  const log = kept('app.log')
  expect(secretsIn(log)).toEqual([])
  expect(log).not.toContain('canary-password-of-nobody')
})
