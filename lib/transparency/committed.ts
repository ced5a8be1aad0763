import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { Json } from '@/lib/audit/model'
import { concatBytes } from './bytes'
import { canonicalBytes } from './canonical'

/**
 * Salted commitments: a leaf of the log carries the hash of a personal value, not the value. Who is shown salt and value
 * can check them against the leaf; when both are deleted, the leaf stays what it was and tells nothing.
 */

/** What stands for a value in a leaf: SHA-256 over salt and canonical value, in hexadecimal. */
export interface Committed {
  $committed: string
}

/** What reveals one committed value of one leaf. */
export interface Opening {
  index: number
  /** Where in the leaf document it stands (JSON Pointer, RFC 6901). */
  pointer: string
  /** 32 bytes in hexadecimal, or empty for a value that is committed for its size and not for privacy. */
  salt: string
  value: Json
}

export const saltBytes = 32

/** The commitment to a value. The salt is 32 random bytes of its own for each value, or empty to hide nothing. */
export const committed = (value: Json, salt: Uint8Array): Committed => ({
  $committed: bytesToHex(sha256(concatBytes(salt, canonicalBytes(value)))),
})

const isRecord = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value is a commitment and nothing else. */
export const isCommitted = (value: unknown): value is Committed & Record<string, Json> =>
  isRecord(value) &&
  Object.keys(value).length === 1 &&
  typeof value.$committed === 'string' &&
  /^[0-9a-f]{64}$/.test(value.$committed)

/** One step of a JSON Pointer, escaped. */
export const pointerStep = (key: string | number): string =>
  `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

const stepsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const childOf = (value: Json | undefined, step: string): Json | undefined => {
  if (Array.isArray(value)) return /^(0|[1-9][0-9]*)$/.test(step) ? value[Number(step)] : undefined
  return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined
}

/** What a pointer leads to; undefined for nothing. */
export const valueAt = (value: Json, pointer: string): Json | undefined =>
  stepsOf(pointer).reduce<Json | undefined>(childOf, value)

/** The same document with another value where the pointer leads to; as it was when that is nowhere. */
export function withValueAt(document: Json, pointer: string, value: Json): Json {
  const replace = (within: Json, [step, ...rest]: readonly string[]): Json => {
    if (step === undefined) return value
    const child = childOf(within, step)
    if (child === undefined) return within
    if (Array.isArray(within)) return within.with(Number(step), replace(child, rest))
    return isRecord(within) ? { ...within, [step]: replace(child, rest) } : within
  }
  return replace(document, stepsOf(pointer))
}

const saltPattern = new RegExp(`^(?:[0-9a-f]{${saltBytes * 2}})?$`)

/** Whether salt and value of an opening are what the document is committed to there. */
export function opens(document: Json, { pointer, salt, value }: Omit<Opening, 'index'>): boolean {
  const there = valueAt(document, pointer)
  if (there === undefined || !isCommitted(there) || !saltPattern.test(salt)) return false
  try {
    return committed(value, hexToBytes(salt)).$committed === there.$committed
  } catch {
    // A value that has no canonical form.
    return false
  }
}

/**
 * The document with its openings in place of the commitments. A value may itself hold commitments: outer ones come first.
 * Returns the pointer of the first opening that does not fit instead.
 */
export function openDocument(
  document: Json,
  openings: readonly Omit<Opening, 'index'>[],
): { document: Json } | { misfit: string } {
  let opened = document
  for (const opening of openings.toSorted((a, b) => stepsOf(a.pointer).length - stepsOf(b.pointer).length)) {
    if (!opens(opened, opening)) return { misfit: opening.pointer }
    opened = withValueAt(opened, opening.pointer, opening.value)
  }
  return { document: opened }
}
