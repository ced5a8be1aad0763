import { expect, it } from 'vitest'
import { refusalOf } from './refusal'

it.each([
  [undefined, 'The server could not be reached. Try again.'],
  ['CredentialsSignin', 'E-mail address or password is wrong.'],
  ['blocked:30', 'Too many failed attempts. Try again in a minute.'],
  ['blocked:301', 'Too many failed attempts. Try again in 6 minutes.'],
])('the refusal %s reads: %s', (error, text) => {
  expect(refusalOf(error)).toBe(text)
})
