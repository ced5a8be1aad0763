/** By whom requests are counted: an account by all that it does, one API token, or an address of those who are nobody yet. */
export const rateKinds = ['account', 'token', 'address'] as const
export type RateKind = (typeof rateKinds)[number]

/** Requests a minute of each; 0 for no limit. */
export type RateLimits = Record<RateKind, number>

/** More than a person or a patient script asks for, and less than one that has lost its brake. */
export const defaultRateLimits: RateLimits = { account: 3000, token: 3000, address: 600 }

/** How a caller stands after a request was counted. */
export interface Standing {
  kind: RateKind
  /** Requests a minute. */
  limit: number
  /** Requests that are left of this minute. */
  remaining: number
  /** Seconds until the next minute begins. */
  resetSeconds: number
  /** Whether the request is over the limit, and was not counted. */
  isOver: boolean
}

export const windowSeconds = 60

/** The headers of draft-ietf-httpapi-ratelimit-headers: the limit that is nearest, and what is left of it. */
export function rateLimitHeaders(standing: Standing | null): Record<string, string> {
  if (standing === null) return {}
  const { kind, limit, remaining, resetSeconds } = standing
  return {
    'ratelimit-policy': `"${kind}";q=${limit};w=${windowSeconds}`,
    ratelimit: `"${kind}";r=${remaining};t=${resetSeconds}`,
  }
}
