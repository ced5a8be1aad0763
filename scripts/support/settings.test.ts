import { afterEach, describe, expect, it, vi } from 'vitest'
import { readStartSettings } from './settings'

afterEach(() => vi.unstubAllEnvs())

const good = {
  DATABASE_URL: 'postgres://pentarch:secret@localhost:5432/pentarch',
  NEXTAUTH_SECRET: 'a secret for tests alone, of 32+ characters',
  NEXTAUTH_URL: 'https://pentarch.example.org',
}
function read(more: Record<string, string>) {
  for (const [name, value] of Object.entries({ ...good, ...more })) vi.stubEnv(name, value)
  return readStartSettings()
}

describe('the settings of a start', () => {
  it('are enough with a database, a secret and an address', () => {
    expect(read({})).toMatchObject({ ...good, PORT: 3000, HOST: '0.0.0.0' })
  })

  it.each([
    ['DATABASE_URL', 'mysql://localhost'],
    ['NEXTAUTH_SECRET', 'short'],
    ['NEXTAUTH_URL', 'pentarch.example.org'],
    ['TRUSTED_PROXIES', '-1'],
    ['RATE_LIMIT_TOKEN', 'many'],
    ['PENTARCH_TEST_CLOCK', 'file'],
  ])('a bad %s is refused by name', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(new RegExp(`^Bad or missing settings:\\n {2}${name}: `))
  })
})
