import { createHash, randomBytes } from 'node:crypto'

const marker = 'ptk_'

/** A new API token. Only its hash is kept; the prefix lets its owner tell it from others. */
export function makeToken(): { token: string; prefix: string; hash: string } {
  const token = marker + randomBytes(32).toString('base64url')
  return { token, prefix: token.slice(0, marker.length + 6), hash: hashToken(token) }
}

/** SHA-256 is enough for a secret of 256 random bits; a slow hash is for passwords, which are guessable. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
