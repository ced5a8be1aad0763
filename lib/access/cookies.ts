import type { CookiesOptions } from 'next-auth'
import { cookieName, cookieOptions, isHttps } from '@/lib/http/cookies'

/** Seconds for which a sign-in at a provider may be under way. */
const underWaySeconds = 15 * 60

/** The cookies of next-auth, each with the `__Host-` prefix over HTTPS, where its own would have that on one alone. */
export function authCookies(env: NodeJS.ProcessEnv = process.env): CookiesOptions {
  const https = isHttps(env)
  const cookie = (name: string, maxAge?: number) => ({
    name: cookieName(`next-auth.${name}`, https),
    options: { ...cookieOptions(https), ...(maxAge !== undefined && { maxAge }) },
  })
  return {
    sessionToken: cookie('session-token'),
    callbackUrl: cookie('callback-url'),
    csrfToken: cookie('csrf-token'),
    pkceCodeVerifier: cookie('pkce.code_verifier', underWaySeconds),
    state: cookie('state', underWaySeconds),
    nonce: cookie('nonce', underWaySeconds),
  }
}
