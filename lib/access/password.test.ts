import { describe, expect, it } from 'vitest'
import { hashPassword, verifyPassword } from './password'

describe('a kept password', () => {
  it('opens for the password it was made of, and for no other', async () => {
    const stored = await hashPassword('correct horse battery staple')
    expect(await verifyPassword('correct horse battery staple', stored)).toBe(true)
    expect(await verifyPassword('correct horse battery stapl', stored)).toBe(false)
    expect(await verifyPassword('', stored)).toBe(false)
  })

  it('is salted, names its cost and never holds the password', async () => {
    const [one, other] = await Promise.all([hashPassword('secret'), hashPassword('secret')])
    expect(one).not.toBe(other)
    expect(one).toMatch(/^scrypt\$32768\$8\$3\$/)
    expect(one).not.toContain('secret')
  })

  it('takes two ways of writing the same letters for the same password', async () => {
    expect(await verifyPassword('caf\u00e9', await hashPassword('cafe\u0301'))).toBe(true)
  })

  it.each(['', 'scrypt', 'plain$1$1$1$x$y', 'scrypt$65536$8$2$$'])(
    'never opens for what is no hash: %j',
    async (stored) => {
      expect(await verifyPassword('anything', stored)).toBe(false)
    },
  )
})
