/**
 * Everything that can go wrong in a use case, in one table: code → HTTP status → title → how to mend it.
 * What is not in the table reaches a client as `internal`, without detail.
 */
export const problems = {
  /** Input that does not fit its schema. Thrown where input is parsed. */
  invalid_input: { status: 400, title: 'The input is not valid', fix: 'Correct the named fields and send it again.' },
  /** A cursor that was altered, is stale, or belongs to another list. */
  invalid_cursor: { status: 400, title: 'The cursor is not valid', fix: 'Start again from the first page.' },
  /** No session and no token, or one that is not valid any more. */
  unauthenticated: { status: 401, title: 'Not signed in', fix: 'Sign in, or send a valid API token.' },
  /** The actor is known, but has to show once more that it is them (RFC 9470). */
  reauthenticate: {
    status: 401,
    title: 'Show that it is you',
    fix: 'Sign in again, then send it again.',
  },
  /** The actor is known and may not do this. */
  forbidden: { status: 403, title: 'Not allowed', fix: 'Ask somebody with the role that the message names.' },
  /** It does not exist, or the actor may not know of it. */
  not_found: { status: 404, title: 'Not found', fix: 'Check the name; it may have been removed.' },
  /** A path of the API that takes other methods. The answer names them in Allow (RFC 9110, section 15.5.6). */
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    fix: 'Use a method that the Allow header names; see /api/v1/docs.',
  },
  /** Somebody else changed it since it was read. Thrown by every edit that carries a version. */
  stale: {
    status: 409,
    title: 'Changed by somebody else',
    fix: 'Reload, look at what changed, and make your change again.',
  },
  /** The change contradicts what is there (a slug that is taken, an owner that overlaps). */
  conflict: {
    status: 409,
    title: 'In conflict with what is there',
    fix: 'Look at the existing entry and choose another value.',
  },
  /** A state cannot be left in this way. */
  wrong_state: { status: 409, title: 'Not possible in this state', fix: 'Reload to see the present state.' },
  /** Body or file over its limit. */
  too_large: { status: 413, title: 'Too large', fix: 'Send less at a time.' },
  /** Well-formed, but against a rule of the registry. */
  refused: { status: 422, title: 'Refused', fix: 'Read the reason; the rule it names has to be met first.' },
  /** An idempotency key used again with other content. */
  idempotency_mismatch: {
    status: 422,
    title: 'Idempotency key already used for another request',
    fix: 'Use a new key for a new request.',
  },
  /** Too many tries. */
  rate_limited: { status: 429, title: 'Too many tries', fix: 'Wait for the time in Retry-After, then try again.' },
  /** Not one of the above: a fault of ours. Logged with the request id. */
  internal: {
    status: 500,
    title: 'Something went wrong on our side',
    fix: 'Try again; if it stays, report the request id.',
  },
} as const

export type ProblemCode = keyof typeof problems

/** One field that is wrong: `field` is a path such as `members[0].person`. */
export interface FieldProblem {
  field: string
  message: string
}

/** A refusal that a person can act on. `detail` says what is wrong in plain words. */
export class DomainError extends Error {
  readonly code: ProblemCode
  readonly fields: readonly FieldProblem[]
  readonly retryAfterSeconds: number | null

  constructor(
    code: ProblemCode,
    detail: string,
    more: { fields?: readonly FieldProblem[]; retryAfterSeconds?: number } = {},
  ) {
    super(detail)
    this.name = 'DomainError'
    this.code = code
    this.fields = more.fields ?? []
    this.retryAfterSeconds = more.retryAfterSeconds ?? null
  }
}

/** The refusal for a thing that is not there, or that the actor may not know of. */
export function notFound(what: string): DomainError {
  return new DomainError('not_found', `${what} was not found.`)
}
