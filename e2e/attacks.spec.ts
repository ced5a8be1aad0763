import net from 'node:net'
import { urls } from '@/lib/urls'
import { baseUrl, commandLineToken } from './support/accounts'
import { expect, test } from './support/test'
import { visit } from './support/visit'

/** Sends a request line as it stands, which a client would tidy up first, and gives back the whole answer. */
async function sent(requestLine: string, headers = ''): Promise<string> {
  const { hostname, port } = new URL(baseUrl())
  return await new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () =>
      socket.write(`${requestLine} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n${headers}\r\n`),
    )
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()))
    socket.on('error', reject)
  })
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])

test('no path leads out of what is served', async () => {
  const up = [
    '../../../package.json',
    '..%2f..%2f..%2fpackage.json',
    '%2e%2e/%2e%2e/package.json',
    '..\\..\\package.json',
  ]
  const places = [
    '/',
    '/_next/static/',
    '/_next/',
    '/api/v1/docs/',
    '/api/v1/log/tile/',
    '/api/v1/log/tile/0/',
    '/verify.html/',
  ]
  const bearer = `Authorization: Bearer ${commandLineToken()}\r\n`
  for (const place of places)
    for (const way of up) {
      const answer = await sent(`GET ${place}${way}`, bearer)
      expect(answer, place + way).not.toContain('"dependencies"')
      expect(statusOf(answer), `${place}${way}: ${answer.slice(0, 80)}`).toBeLessThan(500)
    }
  for (const file of ['/.env', '/.git/config', '/package.json', '/prisma/schema.prisma', '/_next/server/middleware.js'])
    expect([307, 308, 404], file).toContain(statusOf(await sent(`GET ${file}`)))
})

test('nobody gets their own request back', async () => {
  for (const path of [
    '/',
    '/matrix',
    '/sign-in',
    '/api/v1/agents',
    '/scim/v2/Users',
    '/healthz',
    '/_next/static/x.js',
  ]) {
    const answer = await sent(`TRACE ${path}`, 'X-Secret: heard\r\n')
    expect(answer, path).not.toContain('heard')
    expect(statusOf(answer), path).not.toBe(200)
    expect(statusOf(answer), path).toBeLessThan(500)
  }
})

test('no value becomes a header of an answer', async () => {
  const split = '%0d%0aSet-Cookie:%20planted=1'
  const bearer = `Authorization: Bearer ${commandLineToken()}\r\n`
  const asked = [
    `/api/v1/exports/kinds/gaps/file?format=csv&filter[q]=${split}`,
    `/api/v1/exports/kinds/gaps${split}/file?format=csv`,
    `/api/past?at=now&to=/matrix${split}`,
    `/sign-in?callback=/${split}`,
    `/matrix?text=${split}`,
    `/api/calendar/${split}.ics`,
    `/recertification/${split}/report/pdf`,
  ]
  for (const path of asked) {
    const [head = ''] = (await sent(`GET ${path}`, bearer)).split('\r\n\r\n')
    expect(head.toLowerCase(), path).not.toMatch(/^set-cookie:\s*planted/m)
    expect(statusOf(head), path).toBeLessThan(500)
  }
  const [echoed = ''] = (
    await sent('GET /api/v1/agents', `${bearer}X-Request-Id: a\tSet-Cookie: planted=1\r\nTraceparent: <script>\r\n`)
  ).split('\r\n\r\n')
  expect(echoed).not.toContain('planted')
})

test('no link of ours leads to another site', async ({ page, as }) => {
  const elsewhere = [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example',
    'javascript:alert(1)',
  ]
  for (const to of elsewhere) {
    const back = await page.request.get(urls.lookAt({ at: 'now', to }), { maxRedirects: 0 })
    const { origin } = new URL(back.headers().location ?? '/', baseUrl())
    expect(origin, to).toBe(new URL(baseUrl()).origin)
  }
  const nobody = await as(null)
  await visit(nobody, urls.signIn('//evil.example/take'))
  expect(await nobody.locator('a[href*="evil.example"]').count()).toBe(0)
})

test('a field that was not offered is refused, and nothing of it is kept', async ({ page, api, unique }) => {
  const { slug, version } = await api('agents.create', { name: `Plain ${unique}` })
  const headers = { origin: baseUrl() }
  for (const field of [
    { lifecycle: 'active' },
    { id: 'x' },
    { source: 'import' },
    { createdAt: '2020-01-01' },
    { __proto__x: 1 },
  ]) {
    const answer = await page.request.patch(`/api/v1/agents/${slug}`, { data: { version, ...field }, headers })
    expect(answer.status(), JSON.stringify(field)).toBe(400)
    expect((await answer.json()).errors[0].field).toBe(Object.keys(field)[0])
  }
  const me = await page.request.post('/api/v1/tokens', {
    data: { name: 'Mine', scopes: ['read'], role: 'admin', accountId: '00000000-0000-7000-8000-000000000000' },
    headers,
  })
  expect(me.status()).toBe(400)
  expect((await api('agents.get', { slug })).version).toBe(version)
})
