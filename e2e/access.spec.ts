import { request } from '@playwright/test'
import { z } from 'zod'
import { type Actor, type Role, roles } from '@/lib/access/model'
import { mayRun, type PermissionName, permissions } from '@/lib/access/permissions'
import { problemSchema } from '@/lib/http/problem'
import { baseUrl, people, sessionOf, type Who } from './support/accounts'
import { expect, test } from './support/test'

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const
const documentSchema = z.object({
  paths: z.record(z.string(), z.partialRecord(z.enum(methods), z.object({ operationId: z.string() }))),
})
const meSchema = z.object({
  person: z.object({ id: z.string() }).nullable(),
  leadOf: z.array(z.object({ id: z.string() })),
})

interface Operation {
  name: PermissionName
  method: (typeof methods)[number]
  path: string
}

const isPermission = (name: string): name is PermissionName => name in permissions
/** Something that is nowhere, for each parameter of a path. */
const nothing: Record<string, string> = {
  id: '00000000-0000-7000-8000-000000000000',
  binding: encodeURIComponent('nothing/nowhere@production'),
}

/** Every operation of the API as its own description names it. */
async function operations(): Promise<Operation[]> {
  const anybody = await request.newContext({ baseURL: baseUrl() })
  const { paths } = documentSchema.parse(await (await anybody.get('/api/v1/openapi.json')).json())
  await anybody.dispose()
  return Object.entries(paths).flatMap(([template, item]) =>
    methods.flatMap((method) => {
      const name = item[method]?.operationId
      if (name === undefined) return []
      if (!isPermission(name)) throw new Error(`${name} is not in the table of permissions`)
      const path = template.replace(/\{(\w+)\}/g, (_, parameter) => nothing[parameter] ?? 'nothing')
      return [{ name, method, path: `/api/v1${path}` }]
    }),
  )
}

/** Asks for the operation without any input, which is enough to be let in or not; metrics answer in text, the rest in JSON. */
async function ask(who: Who | null, origin: string, { method, path }: Operation) {
  const session = await request.newContext({
    baseURL: baseUrl(),
    extraHTTPHeaders: { origin },
    storageState: sessionOf(who),
  })
  const answer = await session.fetch(path, { method, ...(method === 'get' ? {} : { data: {} }) })
  const inJson = answer.headers()['content-type']?.includes('json')
  const body: unknown = inJson ? await answer.json() : await answer.text()
  await session.dispose()
  return { status: answer.status(), body }
}

/** The account as the table of permissions sees it. */
async function actorOf(who: Who): Promise<Actor> {
  const { body } = await ask(who, baseUrl(), { name: 'me.get', method: 'get', path: '/api/v1/me' })
  const { person, leadOf } = meSchema.parse(body)
  const { name, role } = people[who]
  const leads = new Set(leadOf.map(({ id }) => id))
  return { kind: 'account', id: 'somebody', name, role, personId: person?.id ?? null, leadOf: leads, scopes: null }
}

test('the API offers the operations of the table of permissions, no more and no less', async () => {
  const offered = (await operations()).map(({ name }) => name)
  // SCIM prescribes addresses and messages of its own; its server is tried by itself (provisioning.spec.ts).
  const scim = (name: PermissionName) => permissions[name].scope === 'provisioning'
  const own = Object.keys(permissions).filter((name) => isPermission(name) && !scim(name))
  expect(offered.sort()).toEqual(own.sort())
})

test('who is not signed in is refused everything', async () => {
  for (const operation of await operations()) {
    const { status, body } = await ask(null, baseUrl(), operation)
    expect(status, operation.name).toBe(401)
    expect(problemSchema.parse(body).code).toBe('unauthenticated')
  }
})

const accountOf: Record<Role, Who> = {
  admin: 'leila',
  governance_lead: 'farid',
  auditor: 'mei',
  engineer: 'chidi',
  member: 'emily',
}
const accounts = [...roles.map((role) => accountOf[role]), 'grace'] as const

for (const who of accounts) {
  test(`${people[who].role} ${who} may do what the table says, and is told why not otherwise`, async () => {
    const actor = await actorOf(who)
    for (const operation of await operations()) {
      const verdict = mayRun(operation.name, actor)
      const { status, body } = await ask(who, baseUrl(), operation)
      if (verdict === true) {
        // Who may do it may be asked to show first that it is them.
        const code = problemSchema.safeParse(body).data?.code
        if (code !== 'reauthenticate') expect([401, 403], `${operation.name}: ${status}`).not.toContain(status)
        expect(status, operation.name).toBeLessThan(500)
      } else {
        expect(status, operation.name).toBe(403)
        expect(problemSchema.parse(body)).toMatchObject({ code: 'forbidden', detail: verdict })
      }
    }
  })
}

test('a page of another site cannot write with the session of somebody who looks at it', async () => {
  const writes = (await operations()).filter(({ method }) => method !== 'get')
  for (const operation of writes) {
    const { status, body } = await ask('leila', 'https://evil.example', operation)
    expect(status, operation.name).toBe(403)
    expect(problemSchema.parse(body).detail).toContain('pages of this site only')
  }
})
