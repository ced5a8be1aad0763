import { describe, expect, it } from 'vitest'
import { authCookies } from './cookies'

const cookiesAt = (url: string) => Object.values(authCookies({ NODE_ENV: 'test', NEXTAUTH_URL: url }))

describe('the cookies of sign-in', () => {
  it('are of this host alone over HTTPS, as the prefix asks for', () => {
    for (const { name, options } of cookiesAt('https://pentarch.example.org')) {
      expect(name).toMatch(/^__Host-next-auth\./)
      expect(options).toMatchObject({ path: '/', secure: true, httpOnly: true, sameSite: 'lax' })
      expect(options).not.toHaveProperty('domain')
    }
  })

  it('are kept without HTTPS as well, on a machine of one’s own', () => {
    for (const { name, options } of cookiesAt('http://localhost:3000')) {
      expect(name).toMatch(/^next-auth\./)
      expect(options).toMatchObject({ path: '/', secure: false, httpOnly: true, sameSite: 'lax' })
    }
  })
})
