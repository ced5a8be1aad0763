import { ed25519 } from '@noble/curves/ed25519.js'
import { concatBytes, utf8 } from './bytes'

/**
 * Timestamped witness cosignatures with Ed25519 (C2SP tlog-cosignature, "Ed25519 signed message"): a witness says that
 * at this time the checkpoint was the largest tree it had seen of this log, and extended all it had seen before.
 */

const timestampBytes = 8
const signatureBytes = 64

/** What a cosignature signs: a header, the time in seconds since 1970, and the whole text of the checkpoint. */
export const cosignedMessage = (text: string, timestampSeconds: number): Uint8Array =>
  utf8(`cosignature/v1\ntime ${timestampSeconds}\n${text}`)

/** The body of a cosignature: 8 bytes of time, big-endian, and the signature. */
export function cosignatureBytes(
  text: string,
  timestampSeconds: number,
  sign: (message: Uint8Array) => Uint8Array,
): Uint8Array {
  const time = new Uint8Array(timestampBytes)
  new DataView(time.buffer).setBigUint64(0, BigInt(timestampSeconds))
  return concatBytes(time, sign(cosignedMessage(text, timestampSeconds)))
}

/** The time in seconds that the body of a cosignature states, or null where it is none. */
export function cosignatureTimestamp(body: Uint8Array): number | null {
  if (body.length !== timestampBytes + signatureBytes) return null
  const seconds = Number(new DataView(body.buffer, body.byteOffset).getBigUint64(0))
  return Number.isSafeInteger(seconds) ? seconds : null
}

/** Whether the body of a cosignature is one of this text by this key. */
export function verifyCosignature(text: string, body: Uint8Array, publicKey: Uint8Array): boolean {
  const seconds = cosignatureTimestamp(body)
  return seconds !== null && verifyEd25519(body.subarray(timestampBytes), cosignedMessage(text, seconds), publicKey)
}

/** Strict Ed25519 (RFC 8032): encodings have to be canonical and keys of small order are refused. Never throws. */
export function verifyEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== signatureBytes || publicKey.length !== 32) return false
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false })
  } catch {
    // A point that cannot be decoded.
    return false
  }
}
