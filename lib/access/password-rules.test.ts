import { describe, expect, it } from 'vitest'
import { newPasswordSchema, whyNotPassword } from './password-rules'

describe('a password to be chosen', () => {
  it.each([
    'password1234',
    'Password!2026!!!',
    '123456789012',
    'qwertyqwerty',
    'aaaaaaaaaaaaaa',
    'abcabcabcabc',
    'ana.ruiz@example.org',
    'pentarch2026',
    'ana.ruiz-2026!',
  ])('is not %s', (password) => {
    expect(whyNotPassword(password, 'ana.ruiz@example.org')).not.toBeNull()
  })

  it.each(['seven green bicycles', 'correct horse battery staple', 'Xk2#9vLq!fWz', '三匹の青い自転車と犬たち'])(
    'may be %s',
    (password) => {
      expect(newPasswordSchema.safeParse(password).success).toBe(true)
      expect(whyNotPassword(password, 'ana.ruiz@example.org')).toBeNull()
    },
  )

  it('has 12 characters at least, whichever they are', () => {
    expect(newPasswordSchema.safeParse('a b c d e f').success).toBe(false)
    expect(newPasswordSchema.safeParse('abcdefghijk1').success).toBe(true)
  })
})
