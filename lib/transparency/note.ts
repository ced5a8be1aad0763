import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { concatBytes, fromBase64, toBase64, utf8 } from './bytes'
import { cosignatureBytes, verifyCosignature, verifyEd25519 } from './cosignature'
import { isKeyName, NoteError, signatureTypes, type VerifierKey, verifierKey } from './verifier-key'

/** Signed notes (C2SP signed-note): a text, an empty line, and lines that sign it. */

/** One signature line, taken apart. */
export interface NoteSignature {
  name: string
  keyId: string
  /** What follows the key id: the signature, or time and signature. */
  body: Uint8Array
}

export interface Note {
  /** Ends in a line break. */
  text: string
  signatures: NoteSignature[]
}

const signaturesMax = 100
const charactersMax = 1_000_000

/** One line, with its line break. */
export const formatSignature = ({ name, keyId, body }: NoteSignature): string =>
  `— ${name} ${toBase64(concatBytes(hexToBytes(keyId), body))}\n`

/** Reads one line, without its line break. @throws NoteError */
export function parseSignature(line: string): NoteSignature {
  const [, name, encoded] = /^— (\S+) (\S+)$/u.exec(line) ?? []
  const bytes = encoded === undefined ? null : fromBase64(encoded)
  if (name === undefined || !isKeyName(name) || !bytes || bytes.length < 5)
    throw new NoteError('A signature line has the form "— name base64"')
  return { name, keyId: bytesToHex(bytes.subarray(0, 4)), body: bytes.subarray(4) }
}

/** ASCII ones, except for the line break. (A lone surrogate, which is no UTF-8, is another matter.) */
const hasControlCharacter = (text: string): boolean =>
  [...text].some((character) => character < ' ' && character !== '\n')

/** The whole note as it is sent and kept. */
export const formatNote = ({ text, signatures }: Note): string => `${text}\n${signatures.map(formatSignature).join('')}`

/** Takes a note apart. Nothing is verified yet. @throws NoteError */
export function parseNote(message: string): Note {
  if (message.length > charactersMax) throw new NoteError('The note is longer than a million characters')
  if (hasControlCharacter(message) || /\p{Cs}/u.test(message))
    throw new NoteError('The note contains a control character, or is not UTF-8')
  const split = message.lastIndexOf('\n\n')
  if (split < 0 || !message.endsWith('\n')) throw new NoteError('The note has no signatures after an empty line')
  const lines = message.slice(split + 2, -1).split('\n')
  if (lines.length > signaturesMax) throw new NoteError(`The note has more than ${signaturesMax} signatures`)
  return { text: message.slice(0, split + 1), signatures: lines.map(parseSignature) }
}

/** Somebody who signs: the public key, and what the private one does. */
export interface Signer {
  key: VerifierKey
  sign(message: Uint8Array): Uint8Array
}

/** Signs with a private key of 32 bytes (RFC 8032). */
export function ed25519Signer(name: string, privateKey: Uint8Array): Signer {
  return {
    key: verifierKey(name, signatureTypes.ed25519, ed25519.getPublicKey(privateKey)),
    sign: (message) => ed25519.sign(message, privateKey),
  }
}

const signatureBy = ({ name, keyId }: VerifierKey, body: Uint8Array): NoteSignature => ({ name, keyId, body })

/** One signature of a text. */
export const signText = (text: string, { key, sign }: Signer): NoteSignature => signatureBy(key, sign(utf8(text)))

/** One cosignature of a checkpoint's text, as a witness with this private key makes it. */
export function cosignText(text: string, witness: Signer, timestampSeconds: number): NoteSignature {
  const key = verifierKey(witness.key.name, signatureTypes.cosignature, witness.key.publicKey)
  return signatureBy(
    key,
    cosignatureBytes(text, timestampSeconds, (message) => witness.sign(message)),
  )
}

/** Whether a signature line claims to be by this key. */
export const isBy = (signature: NoteSignature, key: VerifierKey): boolean =>
  signature.name === key.name && signature.keyId === key.keyId

/** Whether a signature of a text is by this key and right. */
export function verifySignature(text: string, signature: NoteSignature, key: VerifierKey): boolean {
  if (!isBy(signature, key)) return false
  return key.type === signatureTypes.cosignature
    ? verifyCosignature(text, signature.body, key.publicKey)
    : verifyEd25519(signature.body, utf8(text), key.publicKey)
}

/**
 * Those of the given keys that signed the note. Lines of other keys say nothing and are passed over.
 * @throws NoteError when a line of a given key is wrong, for then the note was tampered with.
 */
export function signersOf(note: Note, keys: readonly VerifierKey[]): VerifierKey[] {
  return keys.filter((key) => {
    const lines = note.signatures.filter((signature) => isBy(signature, key))
    if (lines.some((line) => !verifySignature(note.text, line, key)))
      throw new NoteError(`The signature of ${key.name} (key ${key.keyId}) is wrong`)
    return lines.length > 0
  })
}
