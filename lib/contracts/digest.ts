import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { type Json, toJson } from '@/lib/audit/model'

/** SHA-256 of the canonical form (RFC 8785) of a contract's limits: the same limits have the same digest however they are written. */
export function limitsDigest(limits: Json): string {
  return createHash('sha256')
    .update(canonicalize(limits) ?? 'null')
    .digest('hex')
}

/** The same of a question to a decision point: subject, action, resource and context. */
export const requestDigest = (request: object): string => limitsDigest(toJson(request))
