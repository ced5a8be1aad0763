import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Actor, type TokenScope, tokenScopes } from '@/lib/access/model'
import { mayRun, type PermissionName, permissions } from '@/lib/access/permissions'
import { syncReferenceData } from '@/lib/db/reference'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { handleApiRequest } from './handler'
import { problemSchema } from './problem'
import { tokenFor } from './testing/token'

vi.mock('@/lib/access/session', () => ({ sessionActor: async () => null }))

const nowhere: Record<string, string> = {
  id: '00000000-0000-7000-8000-000000000000',
  binding: 'nothing%2Fnowhere@production',
}

describe('a token', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
    await syncReferenceData(test.database)
    vi.stubEnv('DATABASE_URL', test.connectionString)
    vi.stubEnv('NEXTAUTH_SECRET', 'a secret for tests alone, of 32+ characters')
    vi.stubEnv('RATE_LIMIT_TOKEN', '0')
    vi.stubEnv('RATE_LIMIT_ACCOUNT', '0')
  })
  afterAll(async () => {
    const { database } = await import('@/lib/db/client')
    await database().close()
    await test.drop()
    vi.unstubAllEnvs()
  })

  const ask = async (name: keyof typeof useCases, token: string) => {
    const { method, path } = useCases[name]
    const url = `http://localhost/api/v1${path.replace(/\{(\w+)\}/g, (_, parameter) => nowhere[parameter] ?? 'nothing')}`
    const hasBody = method !== 'GET'
    const answer = await handleApiRequest(
      new Request(url, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(hasBody && { 'content-type': 'application/json' }) },
        ...(hasBody && { body: '{}' }),
      }),
    )
    const problem = answer.status < 400 ? null : problemSchema.parse(await answer.json())
    if (!problem) await answer.body?.cancel()
    return { status: answer.status, problem }
  }

  it.each(tokenScopes)(
    'of an admin with the scope %s alone does what the table says, and nothing else',
    async (scope) => {
      const token = await tokenFor(test.database, 'admin', [scope])
      const actor: Actor = {
        ...{ kind: 'token', id: 'somebody', name: 'A admin', role: 'admin', personId: null },
        leadOf: new Set(),
        scopes: new Set<TokenScope>([scope]),
      }
      const isOffered = (name: string): name is PermissionName & keyof typeof useCases =>
        name in permissions && name in useCases
      for (const name of Object.keys(useCases).filter(isOffered)) {
        const verdict = mayRun(name, actor)
        const { status, problem } = await ask(name, token)
        if (verdict === true) {
          expect(status, `${name} with ${scope}`).toBeLessThan(500)
          expect([401, 403], `${name} with ${scope}: ${problem?.detail}`).not.toContain(status)
        } else {
          expect(status, `${name} with ${scope}`).toBe(403)
          expect(problem).toMatchObject({ code: 'forbidden', detail: verdict })
        }
      }
    },
  )
})
