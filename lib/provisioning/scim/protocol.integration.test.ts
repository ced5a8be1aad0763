import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { permissions } from '@/lib/access/permissions'
import { log } from '@/lib/http/log'
import { scimUseCases } from './catalog'
import { enterprise } from './testing/samples'
import { base, type ScimServer, scimServer } from './testing/server'

vi.mock('@/lib/http/log', () => ({ log: { error: vi.fn(), warn: vi.fn(), info: vi.fn() } }))

const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error'

let server: ScimServer
let id: string
beforeAll(async () => {
  server = await scimServer()
  id = await server.makeUser('ana.ruiz@example.org', { displayName: 'Ana Ruiz', externalId: 'E-1', title: 'Guide' })
})
afterAll(() => server.end())

/** Every operation with something for its parameter. */
const operations = Object.values(scimUseCases).map(({ name, method, path }) => ({
  name,
  method,
  path: path.replace('{id}', 'nothing'),
}))

describe('the door', () => {
  it.each(operations)(
    'of $name is closed to who has no token, a wrong scope, or another role',
    async ({ method, path, name }) => {
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} }
      const nobody = await server.ask(path, { method, ...body, headers: { authorization: '' } })
      expect(nobody).toMatchObject({ status: 401, body: { schemas: [errorUrn], status: '401' } })
      expect(nobody.headers.get('www-authenticate')).toContain('Bearer')
      const everythingElse = Object.values(permissions)
        .map(({ scope }) => scope)
        .filter((scope) => scope !== 'provisioning')
      const wrongScope = await server.tokenOf('admin', [...new Set(everythingElse)])
      expect(
        await server.ask(path, { method, ...body, headers: { authorization: `Bearer ${wrongScope}` } }),
      ).toMatchObject({
        status: 403,
        body: { detail: expect.stringContaining('provisioning') },
      })
      const lead = await server.tokenOf('governance_lead', ['provisioning'])
      expect((await server.ask(path, { method, ...body, headers: { authorization: `Bearer ${lead}` } })).status).toBe(
        403,
      )
      expect(permissions[name].scope).toBe('provisioning')
    },
  )

  it('is opened by no cookie', async () => {
    const headers = { authorization: '', cookie: 'next-auth.session-token=whatever' }
    expect((await server.ask('/Users', { headers })).status).toBe(401)
  })
})

describe('the protocol', () => {
  it('says what it can, of which resources, by which schemas', async () => {
    const { body, headers } = await server.ask('/ServiceProviderConfig')
    expect(body).toMatchObject({ patch: { supported: true }, bulk: { supported: false }, etag: { supported: true } })
    expect(headers.get('content-type')).toBe('application/scim+json; charset=utf-8')
    expect((await server.ask('/ResourceTypes')).body).toMatchObject({ totalResults: 2 })
    expect((await server.ask('/ResourceTypes/user')).body).toMatchObject({ endpoint: '/Users' })
    expect((await server.ask('/Schemas')).body).toMatchObject({ totalResults: 3 })
    expect((await server.ask(`/Schemas/${enterprise}`)).body).toMatchObject({ id: enterprise, name: 'EnterpriseUser' })
    expect((await server.ask('/Schemas/urn:nothing')).status).toBe(404)
  })

  it('answers with where a resource is, and its version', async () => {
    const { status, headers, body } = await server.ask(`/Users/${id}`)
    expect(status).toBe(200)
    expect(headers.get('etag')).toBe('W/"1"')
    expect(body.meta).toMatchObject({ resourceType: 'User', location: `${base}/Users/${id}`, version: 'W/"1"' })
  })

  it('answers 304 to who has the version, and 412 to who has another', async () => {
    expect((await server.ask(`/Users/${id}`, { headers: { 'if-none-match': 'W/"1"' } })).status).toBe(304)
    expect((await server.ask(`/Users/${id}`, { headers: { 'if-none-match': 'W/"9"' } })).status).toBe(200)
    const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'other' }
    for (const method of ['PUT', 'DELETE'])
      expect((await server.ask(`/Users/${id}`, { method, body, headers: { 'if-match': 'W/"9"' } })).status).toBe(412)
    const group = await server.makeGroup('Tagged')
    expect((await server.ask(`/Groups/${group}`, { method: 'DELETE', headers: { 'if-match': '"2"' } })).status).toBe(
      412,
    )
    expect((await server.ask(`/Groups/${group}`, { method: 'DELETE', headers: { 'if-match': '*' } })).status).toBe(204)
  })

  it('answers with the attributes that were asked for', async () => {
    const { body } = await server.ask(`/Users/${id}?attributes=userName`)
    expect(Object.keys(body).sort()).toEqual(['id', 'schemas', 'userName'])
    expect((await server.ask(`/Users/${id}?excludedAttributes=title,meta`)).body).not.toHaveProperty('title')
  })

  it('searches by a body as by a query, in pages', async () => {
    await server.makeUser('ben@example.org')
    const search = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: 'userName sw "BEN"',
      attributes: ['userName'],
    }
    const found = await server.ask('/Users/.search', { method: 'POST', body: search })
    expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ userName: 'ben@example.org' }] })
    const page = await server.ask('/Users?sortBy=userName&sortOrder=descending&startIndex=2&count=1')
    expect(page.body).toMatchObject({
      totalResults: 2,
      startIndex: 2,
      itemsPerPage: 1,
      Resources: [{ userName: 'ana.ruiz@example.org' }],
    })
    expect((await server.ask('/Users?count=0')).body).toMatchObject({ totalResults: 2, Resources: [] })
    expect((await server.ask('/Users?count=-5&startIndex=-1')).body).toMatchObject({ startIndex: 1, itemsPerPage: 0 })
    expect((await server.ask('/Users/.search', { method: 'POST', body: {} })).body).toMatchObject({
      scimType: 'invalidSyntax',
    })
  })

  it.each<[string, string, object, number, string | undefined]>([
    ['a body that is no JSON', '/Users', { method: 'POST', body: 'test' }, 400, 'invalidSyntax'],
    ['no body', '/Users', { method: 'POST' }, 400, 'invalidSyntax'],
    [
      'another kind of body',
      '/Users',
      { method: 'POST', body: {}, headers: { 'content-type': 'text/plain' } },
      400,
      'invalidSyntax',
    ],
    ['too large a body', '/Users', { method: 'POST', body: ' '.repeat(1024 * 1024 + 1) }, 413, undefined],
    ['a method that is not taken', '/Schemas', { method: 'POST', body: 'test' }, 405, undefined],
    ['an address that is not there', '/Devices', {}, 404, undefined],
    ['an address nobody can decode', '/Users/%ff', {}, 404, undefined],
    ['an id that is none', '/Users/..%2F..%2Fetc', {}, 404, undefined],
    ['bulk', '/Bulk', { method: 'POST', body: {} }, 501, undefined],
    ['the user of the token', '/Me', {}, 501, undefined],
    ['a search over everything', '/.search', { method: 'POST', body: {} }, 501, undefined],
    ['a filter nobody can read', '/Users?filter=userName+is+x', {}, 400, 'invalidFilter'],
    ['an order nobody knows', '/Users?sortBy=shoeSize', {}, 400, 'invalidPath'],
    ['a count that is no number', '/Users?count=many', {}, 400, undefined],
    [
      'a member nobody knows',
      '/Groups',
      {
        method: 'POST',
        body: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'X', members: [{ value: 'x' }] },
      },
      400,
      'invalidValue',
    ],
    [
      'a group as a member',
      '/Groups',
      {
        method: 'POST',
        body: {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
          displayName: 'X',
          members: [{ value: 'x', type: 'Group' }],
        },
      },
      400,
      'invalidValue',
    ],
    [
      'a name that is taken',
      '/Users',
      {
        method: 'POST',
        body: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ANA.RUIZ@example.org' },
      },
      409,
      'uniqueness',
    ],
  ])('refuses %s', async (_, path, asked, status, scimType) => {
    const answer = await server.ask(path, asked)
    expect(answer).toMatchObject({
      status,
      body: { schemas: [errorUrn], status: String(status), detail: expect.any(String) },
    })
    expect(answer.body.scimType).toBe(scimType)
  })

  it('names the methods that an address takes', async () => {
    expect((await server.ask('/Users', { method: 'DELETE' })).headers.get('allow')).toBe('GET, HEAD, POST')
    expect((await server.ask('/Users', { method: 'HEAD' })).status).toBe(200)
  })

  it('never fails, whatever is sent', async () => {
    const path = fc.constantFrom('/Users', `/Users/${id}`, '/Groups', '/Groups/x', '/Users/.search', '/Schemas/x', '/')
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('\u0000', 'a\ud800'))
    const query = fc.record({ filter: text, count: text, sortBy: text, attributes: text }, { requiredKeys: [] })
    const sent = fc.record(
      {
        schemas: fc.constant([
          'urn:ietf:params:scim:schemas:core:2.0:User',
          'urn:ietf:params:scim:api:messages:2.0:PatchOp',
        ]),
        userName: text,
        displayName: fc.jsonValue(),
        emails: fc.jsonValue(),
        Operations: fc.array(fc.record({ op: fc.constantFrom('add', 'remove'), path: text, value: fc.jsonValue() })),
      },
      { requiredKeys: ['schemas'] },
    )
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH')
    await fc.assert(
      fc.asyncProperty(path, query, method, sent, async (where, what, how, body) => {
        const asked = how === 'GET' ? {} : { method: how, body }
        const { status, body: answer } = await server.ask(`${where}?${new URLSearchParams(what)}`, asked)
        expect(status, JSON.stringify(answer)).not.toBe(500)
      }),
      { numRuns: 300 },
    )
    expect(log.error).not.toHaveBeenCalled()
  })
})
