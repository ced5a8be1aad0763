import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type CryptoKey, decodeJwt, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import Provider, { type Configuration } from 'oidc-provider'
import { z } from 'zod'

/** Somebody whom the identity provider of tests knows. Signing in there takes their `sub` and nothing else. */
export interface KnownPerson {
  sub: string
  email: string
  emailVerified: boolean
  name: string
  groups: string[]
}

/** The client that Pentarch is to the provider. */
export const testClient = { id: 'pentarch', secret: 'a client secret of tests alone' }

/** What can be wrong with the ID tokens it gives. */
export const faults = ['audience', 'expired', 'issuer', 'nonce', 'signature'] as const
export type Fault = (typeof faults)[number]

export interface IdentityProvider {
  issuer: string
  /** Who is known there; changes count from then on. */
  people: Map<string, KnownPerson>
  /** Signs with a new key from now on, and forgets the old one. */
  rotateKeys(): Promise<void>
  /** Answers nobody while it is down. */
  setDown(down: boolean): void
  /** Gives ID tokens with this fault from now on; null for none. */
  setFault(fault: Fault | null): void
  close(): Promise<void>
}

interface SigningKey {
  jwk: JWK
  privateKey: CryptoKey
}

async function signingKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { privateKey, jwk: { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: crypto.randomUUID() } }
}

/**
 * A real OpenID provider (oidc-provider) on loopback, for tests: with PKCE, refresh tokens, RP-initiated and back-channel
 * logout. `origin` is where Pentarch is.
 */
export async function startIdentityProvider(
  origin: string,
  people: readonly KnownPerson[],
  port = 0,
): Promise<IdentityProvider> {
  const known = new Map(people.map((person) => [person.sub, person]))
  let isDown = false
  let fault: Fault | null = null
  let answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  const server = createServer((request, response) => {
    if (isDown) {
      request.socket.destroy()
      return
    }
    if (request.url === '/favicon.ico') {
      response.writeHead(204).end()
      return
    }
    void answer(request, response)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The provider has no port')
  const issuer = `http://localhost:${address.port}`
  const begin = async () => {
    const key = await signingKey()
    const provider = new Provider(issuer, configurationOf(origin, known, key.jwk))
    const handle = provider.callback()
    answer = async (request, response) => {
      if (fault !== null && request.url === '/token') spoil(response, fault, key)
      if (request.url?.startsWith('/interaction/')) await interact(provider, known, request, response)
      else await handle(request, response)
    }
  }
  await begin()
  return {
    issuer,
    people: known,
    rotateKeys: begin,
    setDown(down) {
      isDown = down
    },
    setFault(next) {
      fault = next
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function configurationOf(origin: string, people: Map<string, KnownPerson>, key: JWK): Configuration {
  return {
    clients: [
      {
        client_id: testClient.id,
        client_secret: testClient.secret,
        redirect_uris: [`${origin}/api/auth/callback/oidc`],
        post_logout_redirect_uris: [`${origin}/sign-in`],
        backchannel_logout_uri: `${origin}/api/sign-out/oidc`,
        backchannel_logout_session_required: true,
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['cookies of a provider for tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups', 'offline_access'],
    // Groups stand in the user information, as with most providers.
    conformIdTokenClaims: true,
    issueRefreshToken: async () => true,
    pkce: { required: () => true },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        logoutSource: async (context, form) => {
          const yes = '<button type="submit" form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>'
          context.body = page(`<h1>Sign out?</h1>${form}${yes}`)
        },
        postLogoutSuccessSource: async (context) => {
          context.body = page('<h1>Signed out</h1>')
        },
      },
    },
    ttl: { AccessToken: 600, IdToken: 600, Session: 86_400, Grant: 86_400, Interaction: 600, RefreshToken: 86_400 },
    // Its guard against inner addresses would keep it from telling an app on this very machine.
    fetch: (url, { signal, headers, method, body, redirect }: RequestInit = {}) =>
      fetch(url, withoutUndefined({ signal, headers, method, body, redirect })),
    async findAccount(_context, sub) {
      const person = people.get(sub)
      if (!person) return undefined
      return {
        accountId: sub,
        async claims() {
          // Looked at now, not when they signed in.
          const { email, emailVerified, name, groups } = people.get(sub) ?? person
          return { sub, email, email_verified: emailVerified, name, groups }
        },
      }
    },
    async loadExistingGrant(context) {
      const { client, session, provider } = context.oidc
      if (!client || !session?.accountId) return undefined
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid email profile groups offline_access')
      await grant.save()
      return grant
    },
  }
}

const withoutUndefined = (init: Record<string, unknown>): RequestInit =>
  Object.fromEntries(Object.entries(init).filter(([, value]) => value !== undefined))

const tokenAnswerSchema = z.looseObject({ id_token: z.string() })

/** Has the answer of the token endpoint carry an ID token with a fault, signed as all others are. */
function spoil(response: ServerResponse, fault: Fault, key: SigningKey): void {
  const end = response.end.bind(response)
  const spoiled = async (body: unknown) => {
    const answer = tokenAnswerSchema.parse(JSON.parse(String(body)))
    const hour = 3600
    const changes: Record<Fault, JWTPayload> = {
      audience: { aud: 'somebody-else' },
      expired: { iat: Math.floor(Date.now() / 1000) - 3 * hour, exp: Math.floor(Date.now() / 1000) - 2 * hour },
      issuer: { iss: 'http://localhost:1' },
      nonce: { nonce: 'another' },
      signature: {},
    }
    const signer = fault === 'signature' ? (await signingKey()).privateKey : key.privateKey
    answer.id_token = await new SignJWT({ ...decodeJwt(answer.id_token), ...changes[fault] })
      .setProtectedHeader({ alg: 'RS256', ...(key.jwk.kid !== undefined && { kid: key.jwk.kid }) })
      .sign(signer)
    const text = JSON.stringify(answer)
    response.setHeader('content-length', Buffer.byteLength(text))
    end(text)
  }
  response.end = (body?: unknown) => {
    if (response.statusCode === 200) void spoiled(body)
    else end(body)
    return response
  }
}

const page = (text: string) => `<!doctype html><html lang="en"><title>Provider</title><body>${text}</body></html>`

/** Asks who it is, and believes it. */
async function interact(
  provider: Provider,
  people: Map<string, KnownPerson>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    const form = '<form method="post"><label>Who <input name="sub"></label><button>Continue</button></form>'
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page(form))
    return
  }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const sub = new URLSearchParams(Buffer.concat(chunks).toString()).get('sub') ?? ''
  if (!people.has(sub)) {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page('Nobody is called that.'))
    return
  }
  await provider.interactionFinished(
    request,
    response,
    { login: { accountId: sub } },
    { mergeWithLastSubmission: false },
  )
}
