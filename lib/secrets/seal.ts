import 'server-only'
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type SealingKey, sealingKeys } from './keys'

const format = 'v1'
const tagBytes = 16

/** A sealed text that cannot be opened: altered, moved to another row, or sealed with a key that is gone. */
export class UnsealError extends Error {
  constructor() {
    super('The stored secret cannot be opened: its key is gone, or it was altered.')
    this.name = 'UnsealError'
  }
}

/**
 * Encrypts a secret for one row (AES-256-GCM): `v1.<key>.<nonce>.<ciphertext and tag>`. The row's id is authenticated
 * with it, so that a sealed text copied to another row does not open there.
 */
export function seal(plain: string, rowId: string, [{ id, key }] = sealingKeys()): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(rowId))
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return [format, id, nonce.toString('base64url'), sealed.toString('base64url')].join('.')
}

/** Whether it was this key that sealed it. */
export const isSealedWith = (sealed: string, { id }: SealingKey): boolean => sealed.startsWith(`${format}.${id}.`)

/** The secret again. @throws UnsealError. */
export function open(sealed: string, rowId: string, keys: readonly SealingKey[] = sealingKeys()): string {
  const [version, id, nonce, body, ...rest] = sealed.split('.')
  const key = keys.find((each) => each.id === id)?.key
  const bytes = Buffer.from(body ?? '', 'base64url')
  if (version !== format || !key || !nonce || rest.length > 0 || bytes.length < tagBytes) throw new UnsealError()
  try {
    const opener = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: tagBytes })
    opener.setAAD(Buffer.from(rowId))
    opener.setAuthTag(bytes.subarray(-tagBytes))
    return Buffer.concat([opener.update(bytes.subarray(0, -tagBytes)), opener.final()]).toString('utf8')
  } catch {
    throw new UnsealError()
  }
}
