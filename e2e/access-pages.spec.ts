import { type APIRequestContext, type APIResponse, request } from '@playwright/test'
import { mayRun, type PermissionName } from '@/lib/access/permissions'
import { urls } from '@/lib/urls'
import { baseUrl, people, sessionOf, type Who } from './support/accounts'
import { everyPage } from './support/pages'
import { expect, test } from './support/test'

/** The pages that are not for everybody, with what they show. All others show what everybody reads. */
const shows: Record<string, PermissionName> = {
  [urls.accounts()]: 'accounts.list',
  [urls.serviceAccounts()]: 'serviceAccounts.list',
  [urls.provisioning()]: 'provisioning.get',
  [urls.outbound()]: 'outbound.get',
  [urls.exportSchedules()]: 'exportSchedules.list',
  [urls.streams()]: 'streams.list',
}
type Outcome = 'shown' | 'for other roles' | 'not found' | 'failed' | 'sent to sign in'

/** `true`, or what the table tells whoever is not to see the page. */
const maySee = (path: string, who: Who): true | string => {
  const { name, role } = people[who]
  const noStanding = { personId: null, leadOf: new Set<string>(), scopes: null }
  return mayRun(shows[path] ?? 'overview.get', { kind: 'account', id: 'somebody', name, role, ...noStanding })
}

/** What became of a page that shows this refusal, or has nothing to refuse. What is said after a page began stands in it, with the digest of Next. */
async function outcomeOf(answer: APIResponse, refusal: true | string): Promise<Outcome> {
  if (answer.status() === 307) return 'sent to sign in'
  const html = await answer.text()
  if (answer.status() === 404 || html.includes('"NEXT_HTTP_ERROR_FALLBACK;404"')) return 'not found'
  if (answer.status() !== 200 || /data-dgst="[^"]+"/.test(html)) return 'failed'
  return refusal !== true && html.includes(refusal) ? 'for other roles' : 'shown'
}

async function as<Result>(who: Who | null, work: (session: APIRequestContext) => Promise<Result>): Promise<Result> {
  const session = await request.newContext({ baseURL: baseUrl(), storageState: sessionOf(who) })
  try {
    return await work(session)
  } finally {
    await session.dispose()
  }
}

/** Every role, and of members one who leads a team, one who is asked to review, and one who is neither. */
const accounts = ['leila', 'farid', 'mei', 'chidi', 'emily', 'grace', 'hana'] as const

for (const who of accounts) {
  test(`${people[who].role} ${who} sees the pages that the table says, and is told of the others`, async ({ api }) => {
    const pages = await everyPage(api)
    const wrong = await as(who, async (session) => {
      const found: string[] = []
      for (const path of pages) {
        const verdict = maySee(path, who)
        const outcome = await outcomeOf(await session.get(path, { maxRedirects: 0 }), verdict)
        if (outcome !== (verdict === true ? 'shown' : 'for other roles')) found.push(`${path}: ${outcome}`)
      }
      return found
    })
    expect(wrong).toEqual([])
  })
}

test('who is not signed in sees no page, and comes back to it after signing in', async ({ api }) => {
  const pages = await everyPage(api)
  await as(null, async (nobody) => {
    for (const path of pages) {
      const answer = await nobody.get(path, { maxRedirects: 0 })
      expect(answer.status(), path).toBe(307)
      expect(answer.headers().location, path).toContain(`callback=${encodeURIComponent(path)}`)
    }
  })
})

/** A file of every kind that is exported, one in every format, and those of a campaign: what is there for everybody who signs in. */
async function files(session: APIRequestContext): Promise<string[]> {
  const kinds: { rows: { kind: string; formats: string[] }[] } = await (
    await session.get('/api/v1/exports/kinds')
  ).json()
  const lists = kinds.rows.flatMap(({ kind, formats }) =>
    (kind === 'gaps' ? formats : ['csv']).map((format) => `/api/v1/exports/kinds/${kind}/file?format=${format}`),
  )
  const campaigns: { rows: { slug: string }[] } = await (await session.get('/api/v1/campaigns?state=closed')).json()
  const [closed] = campaigns.rows
  if (!closed) throw new Error('No campaign is closed')
  return [
    ...lists,
    ...[urls.campaignReportPdf(closed.slug), `${urls.campaignReport(closed.slug)}/csv`],
    ...['/api/v1/estate', '/api/v1/metrics', '/api/v1/log/keys'],
  ]
}

test('every file is there for each role, and for nobody who is not signed in', async () => {
  test.slow()
  const all = await as('leila', files)
  expect(all.length).toBeGreaterThan(25)
  for (const who of accounts) {
    await as(who, async (session) => {
      for (const path of all) expect((await session.get(path)).status(), `${path} for ${who}`).toBe(200)
    })
  }
  await as(null, async (nobody) => {
    for (const path of all) expect([307, 401], path).toContain((await nobody.get(path, { maxRedirects: 0 })).status())
  })
})

test('an export is fetched by whoever ordered it alone, and a bundle by those who see all of it', async ({ api }) => {
  const run = await as('emily', async (session) => {
    const answer = await session.post('/api/v1/exports', {
      data: { kind: 'gaps', format: 'csv' },
      headers: { origin: baseUrl() },
    })
    expect(answer.status()).toBeLessThan(300)
    const { id }: { id: string } = await answer.json()
    return id
  })
  await expect
    .poll(async () => await as('emily', async (s) => (await s.get(urls.exportRunFile(run))).status()))
    .toBe(200)
  for (const who of ['hana', 'grace', 'chidi'] as const)
    await as(who, async (session) => expect((await session.get(urls.exportRunFile(run))).status(), who).toBe(404))
  const { id: bundle } = await api('bundles.make', { datasets: ['assignments'] })
  await as(null, async (nobody) => expect((await nobody.get(urls.bundleFile(bundle))).status()).toBe(401))
  await as('mei', async (session) => expect((await session.get(urls.bundleFile(bundle))).status()).toBe(200))
  // A bundle is whole or not at all, and not everybody knows of everything.
  await as('emily', async (session) => expect((await session.get(urls.bundleFile(bundle))).status()).toBe(422))
})

test('a calendar feed is read by its address alone, and by no other', async ({ as: pageOf }) => {
  const hana = await pageOf('hana')
  const made = await hana.request.post('/api/v1/calendar', { data: {}, headers: { origin: baseUrl() } })
  expect(made.status()).toBeLessThan(300)
  const { address }: { address: string } = await made.json()
  await as(null, async (nobody) => {
    const feed = await nobody.get(address)
    expect(feed.status()).toBe(200)
    expect(await feed.text()).toContain('BEGIN:VCALENDAR')
    expect((await nobody.get(address.replace(/.{4}\.ics$/, 'aaaa.ics'))).status()).toBe(404)
  })
})
