import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** scrypt at the strength OWASP names for it (N = 2^15, r = 8, p = 3): 32 MiB a try. */
const cost = { N: 2 ** 15, r: 8, p: 3 } as const
const keyBytes = 32

/** Characters that a password may have at most: more than any passphrase, and little enough to hash. */
export const passwordMax = 1024
const memoryMax = 256 * 1024 * 1024

function derive(password: string, salt: Buffer, parameters: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, { ...parameters, maxmem: memoryMax }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

/** A password as it is kept: `scrypt$N$r$p$salt$key`, so that the cost can rise later without locking anybody out. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** Whether `password` is the one behind `stored`. Takes as long for a wrong one as for the right one. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = stored.split('$')
  if (scheme !== 'scrypt' || !N || !r || !p || !salt || !key) return false
  const expected = Buffer.from(key, 'base64url')
  const actual = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) })
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}
