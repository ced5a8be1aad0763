import canonicalize from 'canonicalize'
import type { Json } from '@/lib/audit/model'
import { utf8 } from './bytes'

/**
 * The one form of a JSON value that is hashed (RFC 8785).
 * @throws Error for what JSON cannot carry: a number that is not finite, a text with a lone surrogate.
 */
export const canonicalJson = (value: Json): string => canonicalize(value) ?? 'null'

/** The same as the bytes that are hashed (UTF-8). */
export const canonicalBytes = (value: Json): Uint8Array => utf8(canonicalJson(value))
