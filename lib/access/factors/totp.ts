import { Secret, TOTP } from 'otpauth'
import { z } from 'zod'

/** RFC 6238 as every authenticator app has it: SHA-1, six digits, a new code every 30 seconds. */
const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/** Clocks may be one step apart. */
const window = 1

/** A secret as an app takes it: 160 bits in base 32. */
export const totpSecretSchema = z.string().regex(/^[A-Z2-7]{32}$/, 'Not a secret that Pentarch made')

/** A new shared secret of 160 bits (RFC 4226, section 4), in base 32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

const totpOf = (secret: string, account = '') =>
  new TOTP({ ...shape, issuer: 'Pentarch', label: account, secret: Secret.fromBase32(secret) })

/** The address that a QR code carries to the app. */
export const totpUri = (secret: string, account: string): string => totpOf(secret, account).toString()

/** The time step a code belongs to, or null when it is none of the secret's. */
export function stepOfCode(secret: string, code: string, at: Date): bigint | null {
  if (!/^\d{6}$/.test(code)) return null
  const delta = totpOf(secret).validate({ token: code, timestamp: at.getTime(), window })
  return delta === null ? null : BigInt(Math.floor(at.getTime() / 1000 / shape.period) + delta)
}
