import { expect, it } from 'vitest'
import { waysInWords } from './words'

const nothing = { password: false, app: false, passkeys: 0, provider: false }

it.each([
  [nothing, null],
  [{ ...nothing, password: true }, 'password'],
  [{ ...nothing, password: true, app: true, passkeys: 1 }, 'passkey, password and code'],
  [{ ...nothing, provider: true, passkeys: 2 }, 'identity provider, 2 passkeys'],
])('%o reads %s', (ways, words) => {
  expect(waysInWords(ways)).toBe(words)
})
