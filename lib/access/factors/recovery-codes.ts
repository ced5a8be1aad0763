import { createHash, randomInt } from 'node:crypto'

const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
const codeCount = 10
const codeLength = 24

/**
 * Recovery codes: ten, of 24 characters that cannot be mistaken for one another, in groups of four: 118 bits, so many that a
 * fast hash keeps them (ASVS 6.5.2).
 */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: codeCount }, () =>
    Array.from({ length: codeLength }, (_, at) => {
      const character = alphabet[randomInt(alphabet.length)]
      return at > 0 && at % 4 === 0 ? `-${character}` : character
    }).join(''),
  )
}

/** How a code is kept. Tries are counted as those of passwords are. */
export function recoveryHash(accountId: string, code: string): string {
  const bare = code.toLowerCase().replace(/[^a-z0-9]/g, '')
  return createHash('sha256').update(`${accountId}:${bare}`).digest('hex')
}
