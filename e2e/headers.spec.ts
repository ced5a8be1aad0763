import type { APIResponse } from '@playwright/test'
import { urls } from '@/lib/urls'
import { commandLineToken } from './support/accounts'
import { everyPage } from './support/pages'
import { expect, test } from './support/test'

/** What every answer has to say, whatever it is. */
const everywhere: Record<string, RegExp> = {
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^(?:same-origin|no-referrer)$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\).*publickey-credentials-get=\(self\)/,
  'x-robots-tag': /noindex/,
}

/** What tells an attacker which holes to try. */
const telling = ['x-powered-by', 'server', 'x-aspnet-version', 'access-control-allow-origin']

/** What is missing or wrong in an answer's headers, in words. */
function missing(answer: APIResponse): string[] {
  const headers = answer.headers()
  const wrong = Object.entries(everywhere).filter(([name, pattern]) => !pattern.test(headers[name] ?? ''))
  return [
    ...wrong.map(([name]) => `${name}: ${headers[name] ?? 'missing'}`),
    ...telling.filter((name) => name in headers).map((name) => `${name}: ${headers[name]}`),
  ]
}

const directivesOf = (answer: APIResponse) =>
  new Map(
    (answer.headers()['content-security-policy'] ?? '').split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/)
      return [name, sources]
    }),
  )

/** What a page's policy lets in that it should not. */
function policyProblems(answer: APIResponse): string[] {
  const directives = directivesOf(answer)
  const scripts = directives.get('script-src') ?? []
  const wanted: [string, boolean][] = [
    [
      'no script without a nonce or a file of ours',
      scripts.every((each) => /^'(?:self|nonce-[\w-]{20,})'$/.test(each)),
    ],
    ['a nonce', scripts.some((each) => each.startsWith("'nonce-"))],
    ["default-src 'none'", directives.get('default-src')?.join() === "'none'"],
    ["object-src 'none'", directives.get('object-src')?.join() === "'none'"],
    ["base-uri 'none'", directives.get('base-uri')?.join() === "'none'"],
    ["form-action 'self'", directives.get('form-action')?.join() === "'self'"],
    ["frame-ancestors 'none'", directives.get('frame-ancestors')?.join() === "'none'"],
    ['no inline style elements', !directives.get('style-src')?.includes("'unsafe-inline'")],
    ['no other origin', ![...directives.values()].flat().some((source) => /[.*]|^https?:/.test(source))],
  ]
  return wanted.filter(([, holds]) => !holds).map(([what]) => what)
}

const isPrivate = (answer: APIResponse) => {
  const kept = answer.headers()['cache-control'] ?? ''
  return kept.includes('private') && kept.includes('no-store')
}

/** The forms in which Next's router asks for the same page. */
const routerForms: Record<string, string>[] = [
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1' },
  { rsc: '1', 'next-router-prefetch': '2' },
  { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_index' },
]

test('every page says what browsers may do with it, keeps to itself, and is kept nowhere', async ({ page, api }) => {
  const seen = new Set<string>()
  for (const path of await everyPage(api)) {
    const answer = await page.request.get(path)
    expect(answer.status(), path).toBe(200)
    expect(missing(answer), path).toEqual([])
    expect(policyProblems(answer), path).toEqual([])
    expect(isPrivate(answer), `${path}: ${answer.headers()['cache-control']}`).toBe(true)
    seen.add(directivesOf(answer).get('script-src')?.join(' ') ?? '')
  }
  expect(seen.size, 'no nonce is used twice').toBe((await everyPage(api)).length)
})

test('so do the parts of pages that the router asks for', async ({ page }) => {
  for (const path of [urls.overview(), urls.matrix(), urls.agent('claims-payer')]) {
    for (const headers of routerForms) {
      const answer = await page.request.get(path, { headers })
      const asked = `${path} ${JSON.stringify(headers)}`
      expect(missing(answer), asked).toEqual([])
      expect(isPrivate(answer), `${asked}: ${answer.headers()['cache-control']}`).toBe(true)
    }
  }
})

test('every script of a page carries its nonce or is a file of ours, and no markup of it runs anything', async ({
  page,
}) => {
  const html = await (await page.request.get(urls.matrix())).text()
  const nonce = /<script[^>]*nonce="([^"]+)"/.exec(html)?.[1]
  expect(nonce).toBeDefined()
  for (const [tag] of html.matchAll(/<(?:script|style)\b[^>]*>/g))
    expect(tag.includes(`nonce="${nonce}"`) || tag.includes('src="/_next/static/'), tag).toBe(true)
  expect(html).not.toMatch(/<[a-z][^>]*\son[a-z]+=/i)
})

test('answers of the API, files and errors say it too, and are no pages', async ({ page, as }) => {
  const { request } = await as(null)
  const authorization = `Bearer ${commandLineToken()}`
  const answers = {
    'a list': await request.get('/api/v1/agents', { headers: { authorization } }),
    'a file': await request.get('/api/v1/exports/kinds/gaps/file?format=csv', { headers: { authorization } }),
    'the past': await request.get('/api/v1/agents?as_of=2026-11-28', { headers: { authorization } }),
    'not signed in': await request.get('/api/v1/agents'),
    'not there': await request.get('/api/v1/agents/nobody', { headers: { authorization } }),
    'no such operation': await request.get('/api/v1/nothing', { headers: { authorization } }),
    'no such address': await request.get('/api/nothing'),
    'no JSON': await request.post('/api/v1/people', { headers: { authorization }, data: '{' }),
    'the session': await page.request.get('/api/auth/session'),
    'a form token': await request.get('/api/auth/csrf'),
    'a calendar of nobody': await request.get('/api/calendar/nothing.ics'),
    'a page that is not there': await page.request.get('/no-such-page'),
    'to sign in': await request.get(urls.signIn()),
    'sent to sign in': await request.get(urls.matrix(), { maxRedirects: 0 }),
    'the checkpoint': await request.get('/api/v1/log/checkpoint'),
    'the description': await request.get('/api/v1/openapi.json'),
    'the reference': await request.get(urls.apiDocs()),
    'the verifier': await request.get(urls.verifier()),
    'a picture': await request.get('/favicon.svg'),
    health: await request.get('/healthz'),
    readiness: await request.get('/readyz'),
  }
  const open = [
    'the checkpoint',
    'the description',
    'the reference',
    'the verifier',
    'a picture',
    'health',
    'readiness',
  ]
  for (const [what, answer] of Object.entries(answers)) {
    expect(answer.status(), what).toBeLessThan(500)
    expect(missing(answer), what).toEqual([])
    const directives = directivesOf(answer)
    expect(directives.get('frame-ancestors')?.join(), what).toBe("'none'")
    expect(answer.headers()['content-security-policy'], what).not.toContain(', ')
    if (answer.url().includes('/api/') && what !== 'the reference')
      expect(directives.get('default-src')?.join(), what).toBe("'none'")
    if (!open.includes(what)) expect(answer.headers()['cache-control'], what).toContain('no-store')
  }
  expect(answers['a file'].headers()['content-disposition']).toMatch(/^attachment; filename="[\w.-]+"$/)
})

test('pictures are not resized here, for nobody', async ({ request }) => {
  const answer = await request.get('/_next/image?url=%2Ffavicon.svg&w=64&q=75')
  expect(answer.status()).toBe(404)
})

/** Headers by which requests have got round the authorization of other people's middleware (CVE-2025-29927 and after). */
const roundabout: Record<string, string>[] = [
  {},
  ...routerForms,
  ...['middleware', 'src/middleware', 'proxy', 'src/proxy'].map((name) => ({
    'x-middleware-subrequest': Array(5).fill(name).join(':'),
  })),
  { 'x-middleware-subrequest-id': '0'.repeat(16) },
  { 'x-middleware-rewrite': '/matrix', 'x-nextjs-rewrite': '/matrix' },
  { 'x-invoke-path': '/matrix', 'x-invoke-status': '200', 'x-matched-path': '/matrix' },
  { 'x-now-route-matches': '1', 'x-nextjs-data': '1' },
  { 'next-action': '0'.repeat(42), 'next-router-state-tree': '%5B%22%22%5D' },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-for': '127.0.0.1' },
]

/** Words of the sample that stand on the pages behind sign-in alone. */
const behindSignIn = /Kestrel Bay|claims-payer|payments-api|Farid Rahmani|kestrelbay\.example/

/** What an answer says beyond the words that were asked with, which it may say back. */
function saidBeyond(text: string, path: string): string {
  const asked = path.split(/[/?&=@]/).flatMap((word) => [word, decodeURIComponent(word), encodeURIComponent(word)])
  const words = [...new Set(asked)].filter((word) => word.length > 3).sort((a, b) => b.length - a.length)
  return words.reduce((rest, word) => rest.replaceAll(word, ''), text)
}

test('who is not signed in is told nothing by any page in any form', async ({ as, api }) => {
  test.slow()
  const { request } = await as(null)
  const pages = await everyPage(api)
  for (const [index, path] of pages.entries()) {
    // Every form for the first pages of each kind would take long and ask the same thing; each page has some.
    const forms = index < 12 ? roundabout : roundabout.filter((_, at) => at % 5 === index % 5)
    for (const headers of forms) {
      const asked = `${path} ${JSON.stringify(headers)}`
      const answer = await request.get(path, { headers, maxRedirects: 0 })
      const text = saidBeyond(await answer.text(), path)
      expect(answer.status(), asked).toBeLessThan(500)
      expect(text, asked).not.toMatch(behindSignIn)
      expect(new URL(answer.headers().location ?? '/', 'http://here').host, asked).not.toContain('evil')
    }
    for (const form of [`${path.split('?')[0]}.rsc`, `/_next/data/build${path.split('?')[0]}.json`]) {
      const answer = await request.get(form, { maxRedirects: 0 })
      expect(answer.status(), form).not.toBe(500)
      expect(saidBeyond(await answer.text(), path), form).not.toMatch(behindSignIn)
    }
  }
})

test('nobody is led to another site by what a request says its host is', async ({ request }) => {
  for (const path of ['/?as_of=2026-11-28', '/matrix']) {
    const answer = await request.get(path, { headers: { 'x-forwarded-host': 'evil.example' }, maxRedirects: 0 })
    expect(answer.headers().location ?? '', path).not.toContain('evil.example')
  }
})
