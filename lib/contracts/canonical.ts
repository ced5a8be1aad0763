import canonicalize from 'canonicalize'

/** The canonical form (RFC 8785) that the digest is taken of. */
export const canonicalText = (limits: unknown): string => canonicalize(limits) ?? 'null'

/** The same, laid out over lines for people: keys sorted, so that equal documents look equal. */
export const prettyText = (limits: unknown): string => JSON.stringify(JSON.parse(canonicalText(limits)), null, 2)
