import { vi } from 'vitest'
import type { Role, TokenScope } from '@/lib/access/model'
import { syncReferenceData } from '@/lib/db/reference'
import { createTestDatabase } from '@/lib/db/testing'
import { tokenFor } from '@/lib/http/testing/token'
import { handleScimRequest } from '../handler'
import { isObject, type JsonObject } from '../schema'
import { patchOf } from './samples'

/** What a request was answered with. */
export interface Answer {
  status: number
  headers: Headers
  body: JsonObject
}

export interface Asked {
  method?: string
  body?: unknown
  headers?: Record<string, string>
}

/** The address of the server in tests. */
export const base = 'http://localhost/scim/v2'
const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User'
const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group'

/** A SCIM server on a database of its own, asked with the token of an admin. For integration tests only. */
export async function scimServer() {
  const made = await createTestDatabase()
  await syncReferenceData(made.database)
  vi.stubEnv('DATABASE_URL', made.connectionString)
  vi.stubEnv('NEXTAUTH_SECRET', 'a secret for tests alone, of 32+ characters')
  vi.stubEnv('NEXTAUTH_URL', '')
  const token = await tokenFor(made.database, 'admin', ['provisioning'])

  async function ask(path: string, { method = 'GET', body, headers = {} }: Asked = {}): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const request = new Request(base + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json', ...headers },
      ...(body !== undefined && { body: text }),
    })
    const response = await handleScimRequest(request)
    const answered = await response.text()
    const parsed: unknown = answered === '' ? {} : JSON.parse(answered)
    return { status: response.status, headers: response.headers, body: isObject(parsed) ? parsed : {} }
  }

  /** What was made, by its id. */
  async function make(endpoint: string, body: object): Promise<string> {
    const { status, body: resource } = await ask(endpoint, { method: 'POST', body })
    if (status !== 201) throw new Error(`${status}: ${JSON.stringify(resource)}`)
    return String(resource.id)
  }

  return {
    ...made,
    ask,
    /** A token of a new account. */
    tokenOf: (role: Role, scopes: readonly TokenScope[]) => tokenFor(made.database, role, scopes),
    makeUser: (userName: string, more: object = {}) => make('/Users', { schemas: [userUrn], userName, ...more }),
    makeGroup: (displayName: string, members: readonly string[] = [], more: object = {}) =>
      make('/Groups', {
        schemas: [groupUrn],
        displayName,
        members: members.map((value) => ({ value })),
        ...more,
      }),
    patch: (path: string, ...operations: JsonObject[]) => ask(path, { method: 'PATCH', body: patchOf(...operations) }),
    async end() {
      const { database } = await import('@/lib/db/client')
      await database().close()
      await made.drop()
      vi.unstubAllEnvs()
    },
  }
}
export type ScimServer = Awaited<ReturnType<typeof scimServer>>
