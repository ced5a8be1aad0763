import 'server-only'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { sessionTime } from '../sessions/model'
import { endSessions } from '../sessions/store'
import { configurationOf } from './client'
import { oidcProviders } from './settings'
import { identityNamed, sessionsOfProvider } from './store'

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'
const tokenAgeMax = '5 minutes'

/** A logout token (OpenID Connect Back-Channel Logout 1.0, section 2.4): whom or what it ends, and never a nonce. */
const logoutSchema = z
  .looseObject({
    sub: z.string().max(255).optional(),
    sid: z.string().max(255).optional(),
    nonce: z.undefined().optional(),
    events: z.looseObject({ [logoutEvent]: z.looseObject({}) }),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined)

/**
 * Ends what a provider says has ended there: one session by its name, or all of a person.
 * @returns how many ended; null for a token that is not one of the provider's for us.
 */
export async function endByProvider(database: Database, providerId: string, token: string): Promise<number | null> {
  const provider = oidcProviders().find(({ id }) => id === providerId)
  if (!provider) return null
  const { jwks_uri: keys, issuer } = (await configurationOf(provider)).serverMetadata()
  if (!keys) return null
  const verified = await jwtVerify(token, createRemoteJWKSet(new URL(keys)), {
    issuer,
    audience: provider.clientId,
    maxTokenAge: tokenAgeMax,
    clockTolerance: 10,
    // What the provider signs with; never "none", and no secret that we share with it.
    algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'],
  }).catch((error: unknown) => {
    log.warn({ err: error, provider: providerId }, 'A logout token did not verify')
    return null
  })
  const said = verified && logoutSchema.safeParse(verified.payload)
  if (!said?.success) return null
  const { sub, sid } = said.data
  const at = sessionTime()
  const identity = sub === undefined ? null : await identityNamed(database, provider.issuer, sub)
  if (sub !== undefined && !identity) return 0
  if (sid === undefined) return await endSessions(database, { identityId: identity?.id ?? '' }, 'provider', at)
  let ended = 0
  for (const id of await sessionsOfProvider(database, {
    issuer: provider.issuer,
    session: sid,
    identityId: identity?.id ?? null,
  }))
    ended += await endSessions(database, { id }, 'provider', at)
  return ended
}
