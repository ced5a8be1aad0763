import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { concatBytes, fromBase64, toBase64, utf8 } from './bytes'

/** What does not have the form that C2SP asks of it. The message says what and where. */
export class NoteError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NoteError'
  }
}

/** How a key signs (C2SP signed-note, "Signature types"): the text itself, or as a witness with a time. */
export const signatureTypes = { ed25519: 0x01, cosignature: 0x04 } as const

type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes]

/** A public key with the name that stands beside its signatures. */
export interface VerifierKey {
  name: string
  /** First four bytes of a hash over name, type and key, in hexadecimal. Tells keys apart; proves nothing. */
  keyId: string
  type: SignatureType
  publicKey: Uint8Array
}

/** Whether a text may be the name of a key: no spaces, no plus, no control characters. */
export const isKeyName = (name: string): boolean => /^[^\s+\p{Z}\p{Cc}]{1,255}$/u.test(name)

/** A key of 32 bytes under a name. @throws NoteError when the name or the length does not do. */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new NoteError('The name of a key must not be empty or contain spaces or a plus')
  if (publicKey.length !== 32) throw new NoteError(`An Ed25519 key has 32 bytes, not ${publicKey.length}`)
  const id = sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4)
  return { name, keyId: bytesToHex(id), type, publicKey }
}

/** Name, key id and key as one text (C2SP signed-note, "Verifier keys"): what a log publishes and a verifier is given. */
export const formatVerifierKey = ({ name, keyId, type, publicKey }: VerifierKey): string =>
  `${name}+${keyId}+${toBase64(concatBytes(Uint8Array.of(type), publicKey))}`

const isKnownType = (type: number | undefined): type is SignatureType =>
  type === signatureTypes.ed25519 || type === signatureTypes.cosignature

/** Reads such a text. @throws NoteError that says what is wrong with it. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name, keyId, encoded] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/su.exec(text) ?? []
  if (name === undefined || keyId === undefined || encoded === undefined)
    throw new NoteError('A verifier key has the form name+keyid+base64')
  const bytes = fromBase64(encoded)
  if (!bytes) throw new NoteError('The last part of the verifier key is not base64')
  const type = bytes[0]
  if (!isKnownType(type)) throw new NoteError('The verifier key is of a kind that is not Ed25519')
  const key = verifierKey(name, type, bytes.subarray(1))
  if (key.keyId !== keyId) throw new NoteError(`The key id ${keyId} does not belong to this name and key`)
  return key
}

/** The key of a witness, which its operator may have handed out as a plain Ed25519 key. */
export const asCosigner = ({ name, publicKey }: VerifierKey): VerifierKey =>
  verifierKey(name, signatureTypes.cosignature, publicKey)
