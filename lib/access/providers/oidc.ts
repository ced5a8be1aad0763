import type { Account, User } from 'next-auth'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { arrive } from '../oidc/arrive'
import { type Claims, claimsSchema } from '../oidc/claims'
import { askAgain, knownIssuer } from '../oidc/client'
import { type OidcProvider, oidcProviders } from '../oidc/settings'

const answerWithinMs = 8_000

/** How old a sign-in at the provider may be at most. Asking for it also has the provider say when it was (OpenID Connect Core 1.0, section 3.1.2.1). */
const maxAgeSeconds = 12 * 60 * 60

function authProvider({ id, name, issuer, clientId, clientSecret, scope }: OidcProvider): OAuthConfig<Claims> {
  return {
    ...{ id, name, clientId, clientSecret },
    type: 'oauth',
    wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope, max_age: maxAgeSeconds } },
    httpOptions: { timeout: answerWithinMs },
    profile: ({ sub }) => ({ id: sub }),
  }
}

/** The providers of OpenID Connect as next-auth takes them. */
export const oidcAuthProviders = () => oidcProviders().map(authProvider)

/**
 * Looks at what a provider says of whoever arrives by it, and notes on `user` whose account that is.
 * @returns true, or why nobody is let in.
 */
export async function arriveByProvider(user: User, account: Account, profile: unknown): Promise<true | string> {
  const provider = oidcProviders().find(({ id }) => id === account.provider)
  if (!provider || !account.access_token) return 'provider'
  const said = claimsSchema.parse(profile)
  const tokens = {
    accessToken: account.access_token,
    refreshToken: account.refresh_token ?? null,
    idToken: account.id_token ?? null,
  }
  // Groups often stand in the user information alone.
  // The library that signs in takes the issuer's name from the document it finds; it has to be that of the settings.
  const issuer = await knownIssuer(provider)
  if (issuer === null || said.iss !== issuer) return 'provider'
  const asked = await askAgain(provider, said.sub, tokens)
  if (asked.answer === 'over') return 'provider'
  const claims = asked.answer === 'claims' ? { ...said, ...asked.claims } : said
  const arrival = await arrive(database(), provider, claims)
  if ('refused' in arrival) {
    log.warn(
      { issuer: provider.issuer, subject: said.sub, reason: arrival.refused },
      'Somebody whom a provider vouches for was not let in',
    )
    return arrival.refused
  }
  user.signedIn = {
    accountId: arrival.accountId,
    method: 'provider',
    // A provider that does not say when it saw the person has not shown that it was just now.
    authenticatedAt: new Date((said.auth_time ?? 0) * 1000),
    provider: {
      identityId: arrival.identityId,
      session: said.sid ?? null,
      tokens: asked.answer === 'claims' ? asked.tokens : tokens,
    },
  }
  return true
}
