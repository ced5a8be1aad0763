import 'server-only'
import * as openid from 'openid-client'
import { z } from 'zod'
import { type Claims, claimsSchema } from './claims'
import type { OidcProvider } from './settings'

/** For so long what a provider says about itself is taken as it was said. */
const discoveryMs = 10 * 60_000
const answerWithinSeconds = 8

interface Discovered {
  configuration: Promise<openid.Configuration>
  until: number
}
const known = new Map<string, Discovered>()

/** What a provider says about itself (OpenID Connect Discovery 1.0), asked anew every ten minutes. */
export async function configurationOf({ issuer, clientId, clientSecret }: OidcProvider): Promise<openid.Configuration> {
  const held = known.get(issuer)
  if (held && held.until > Date.now()) return await held.configuration
  // Plain HTTP is for a provider on this very machine: the settings refuse any other.
  const options = new URL(issuer).protocol === 'http:' ? { execute: [openid.allowInsecureRequests] } : {}
  const configuration = openid.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    ...options,
    timeout: answerWithinSeconds,
  })
  known.set(issuer, { configuration, until: Date.now() + discoveryMs })
  // What could not be learned is asked for again the next time.
  configuration.catch(() => known.delete(issuer))
  return await configuration
}

/** The issuer by its own word, which has to be the one that was asked; null when it cannot be reached. */
export async function knownIssuer(provider: OidcProvider): Promise<string | null> {
  try {
    return (await configurationOf(provider)).serverMetadata().issuer
  } catch {
    return null
  }
}

/** The tokens of a session, as they are kept sealed. */
export const tokensSchema = z.object({
  accessToken: z.string(),
  /** Null where the provider gave none. */
  refreshToken: z.string().nullable(),
  idToken: z.string().nullable(),
})
export type Tokens = z.output<typeof tokensSchema>

/** What a provider answers when asked again: what it says of the person now, that it knows the session no more, or nothing. */
export type Asked = { answer: 'claims'; claims: Claims; tokens: Tokens } | { answer: 'over' } | { answer: 'none' }

/** A refusal means that the grant is gone; anything else, that the provider cannot be reached or is at fault. */
function isRefusal(error: unknown): boolean {
  if (error instanceof openid.ResponseBodyError) return error.status < 500
  return error instanceof openid.WWWAuthenticateChallengeError && error.status < 500
}

/** Asks the provider what it says of the person now, with the access token or with a fresh one. */
export async function askAgain(provider: OidcProvider, subject: string, tokens: Tokens): Promise<Asked> {
  try {
    const configuration = await configurationOf(provider)
    try {
      return await claimsWith(configuration, subject, tokens)
    } catch (error) {
      if (!isRefusal(error)) throw error
      if (tokens.refreshToken === null) return { answer: 'over' }
    }
    const fresh = await openid.refreshTokenGrant(configuration, tokens.refreshToken)
    return await claimsWith(configuration, subject, {
      accessToken: fresh.access_token,
      refreshToken: fresh.refresh_token ?? tokens.refreshToken,
      idToken: fresh.id_token ?? tokens.idToken,
    })
  } catch (error) {
    return { answer: isRefusal(error) ? 'over' : 'none' }
  }
}

async function claimsWith(configuration: openid.Configuration, subject: string, tokens: Tokens): Promise<Asked> {
  const claims = claimsSchema.parse(await openid.fetchUserInfo(configuration, tokens.accessToken, subject))
  return { answer: 'claims', claims, tokens }
}

/** Where a browser goes to end the session at the provider as well (RP-Initiated Logout 1.0); null where it offers none. */
export async function endSessionUrl(
  provider: OidcProvider,
  idToken: string | null,
  back: string,
): Promise<string | null> {
  try {
    const configuration = await configurationOf(provider)
    if (!configuration.serverMetadata().end_session_endpoint) return null
    return openid.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: back,
      ...(idToken !== null && { id_token_hint: idToken }),
    }).href
  } catch {
    return null
  }
}
