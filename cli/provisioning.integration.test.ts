import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ServedApi, serveApi } from '@/lib/http/testing/server'
import { type ScimServer, scimServer } from '@/lib/provisioning/scim/testing/server'
import { run } from './testing'

// Sessions need a request of Next; who has none has no session.
vi.mock('@/lib/access/session', () => ({ sessionActor: async () => null }))

let scim: ScimServer
let api: ServedApi
let env: Record<string, string>
beforeAll(async () => {
  scim = await scimServer()
  api = await serveApi()
  env = { PENTARCH_URL: api.url, PENTARCH_TOKEN: await scim.tokenOf('admin', ['read', 'settings']) }
  const ids: string[] = []
  for (let number = 1; number <= 13; number++) ids.push(await scim.makeUser(`p${number}@example.org`))
  for (const id of ids) await scim.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })
})
afterAll(async () => {
  api.close()
  await scim.end()
})

const pentarch = (...args: string[]) => run(['provisioning', ...args], { env })

describe('pentarch provisioning', () => {
  it('lists who is held', async () => {
    const { stdout, code } = await pentarch('held')
    expect(code).toBe(0)
    expect(stdout.split('\n').map((line) => line.split(/\s+/)[0])).toEqual(['PERSON', 'p11', 'p12', 'p13', ''])
    expect(JSON.parse((await pentarch('held', '--format', 'json')).stdout)).toMatchObject([
      { kind: 'deactivated' },
      {},
      {},
    ])
  })

  it('confirms and dismisses, those who are named or all', async () => {
    expect(await pentarch('confirm', '--reason', 'Really')).toMatchObject({ code: 2, stdout: '' })
    expect((await pentarch('confirm', 'p1', '--reason', 'Really')).stderr).toContain('p1 is not held')
    expect(await pentarch('dismiss', 'p12', '--reason', 'The feed was wrong')).toMatchObject({
      stdout: '1 dismissed\n',
    })
    expect(await pentarch('confirm', '--all', '--reason', 'Really')).toMatchObject({ stdout: '2 confirmed\n' })
    expect((await pentarch('held')).stdout).toBe('Nobody is held.\n')
    const people = await scim.database.prisma.person.findMany({ where: { status: 'active' } })
    expect(people.map(({ externalId }) => externalId)).toEqual(['p12'])
  })
})
