import { createHash, hkdfSync } from 'node:crypto'
import { z } from 'zod'

/** 32 bytes in base64, as `openssl rand -base64 32` prints them. */
export const encryptionKeySchema = z
  .string()
  .refine(
    (text) => /^[A-Za-z0-9+/]{43}=$/.test(text),
    'must be 32 bytes in base64: the output of openssl rand -base64 32',
  )

/** A key with the name that sealed texts carry: a new key leaves what the old one sealed readable. */
export interface SealingKey {
  id: string
  key: Buffer
}

const info = 'pentarch sealed secrets v1'

const named = (key: Buffer): SealingKey => ({
  id: createHash('sha256')
    .update(`key id:${key.toString('base64')}`)
    .digest('base64url')
    .slice(0, 8),
  key,
})

const given = (text: string | undefined): SealingKey[] =>
  text ? [named(Buffer.from(encryptionKeySchema.parse(text), 'base64'))] : []

/**
 * The keys of this process: the first seals, all of them open. Without a key of its own, one is derived from
 * NEXTAUTH_SECRET (HKDF, RFC 5869), which goes on opening what it sealed after a key has been set.
 */
export function sealingKeys(env: NodeJS.ProcessEnv = process.env): [SealingKey, ...SealingKey[]] {
  const secret = env.NEXTAUTH_SECRET
  const derived = secret ? [named(Buffer.from(hkdfSync('sha256', secret, '', info, 32)))] : []
  const [first, ...more] = [
    ...given(env.PENTARCH_ENCRYPTION_KEY),
    ...derived,
    ...given(env.PENTARCH_ENCRYPTION_KEY_PREVIOUS),
  ]
  if (!first) throw new Error('Set PENTARCH_ENCRYPTION_KEY or NEXTAUTH_SECRET')
  return [first, ...more]
}
