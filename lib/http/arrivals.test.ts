import { createServer, request, type Server } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { attendToArrivals } from './arrivals'

let server: Server
let url = ''
beforeAll(async () => {
  attendToArrivals({ NODE_ENV: 'test', NEXTAUTH_URL: 'https://pentarch.example.org', TRUSTED_PROXIES: '1' })
  server = createServer(({ headers, method, url: path }, response) =>
    response
      .setHeader('x-asked', `${method} ${path}`)
      .end(`${headers['x-forwarded-for']} ${headers['x-forwarded-host'] ?? 'nobody says'}`),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${address instanceof Object ? address.port : 0}`
})
afterAll(() => server.close())

it('every handler sees the address that can be believed, and every answer asks for HTTPS', async () => {
  const answer = await fetch(url, { headers: { 'x-forwarded-for': '6.6.6.6, 192.0.2.7' } })
  expect(await answer.text()).toBe('192.0.2.7 nobody says')
  expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}; includeSubDomains$/)
  expect(await (await fetch(url)).text()).toBe('127.0.0.1 nobody says')
})

it('nobody is answered with their own request', async () => {
  const { hostname, port } = new URL(url)
  const status = await new Promise((resolve) =>
    request({ hostname, port, method: 'TRACE', path: '/matrix' }, ({ headers }) => resolve(headers['x-asked'])).end(),
  )
  expect(status).toBe('GET /api/trace')
})

it('the name that a request came by is a proxy’s to say, and nobody’s where there is none', async () => {
  const headers = { 'x-forwarded-host': 'evil.example' }
  expect(await (await fetch(url, { headers })).text()).toBe('127.0.0.1 evil.example')
  attendToArrivals({ NODE_ENV: 'test', NEXTAUTH_URL: 'https://pentarch.example.org' })
  expect(await (await fetch(url, { headers })).text()).toBe('127.0.0.1 nobody says')
})
