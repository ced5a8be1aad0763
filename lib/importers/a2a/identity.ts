import type { IdentityPrimitive } from '@/lib/registry/model'
import { isRecord, listOf, recordOf, textOf } from '../source/document'

/** What a card says of how its agent is authenticated. */
export interface CardIdentity {
  primitive: IdentityPrimitive
  id?: string
}

/**
 * The identity primitive of a card's security schemes, of all versions of the card:
 * mutual TLS is a workload identity; OAuth 2 and OpenID Connect are an OAuth client; HTTP basic is a service account, as is
 * a bearer token that is a JWT (an account signs for it); any other bearer token, and an API key, is an API key (a secret
 * that is all there is). Of several schemes the first one that the card requires counts, else the first it declares.
 */
export function identityOf(card: Readonly<Record<string, unknown>>): { identity?: CardIdentity; warning?: string } {
  const schemes = declaredSchemes(card)
  if (schemes.size === 0)
    return { warning: 'The card declares no security scheme; how the agent proves who it is stays unknown' }
  const required = requiredNames(card).filter((name) => schemes.has(name))
  const candidates = required.length > 0 ? required : [...schemes.keys()]
  const identities = candidates.flatMap((name) => schemes.get(name) ?? [])
  const [identity] = identities
  if (!identity)
    return {
      warning: 'The card declares no security scheme that is known here; how the agent proves who it is stays unknown',
    }
  const others = new Set(identities.map((other) => other.primitive))
  if (others.size === 1) return { identity }
  return {
    identity,
    warning: `The card accepts several kinds of identity (${[...others].join(', ')}); the first is taken`,
  }
}

function declaredSchemes(card: Readonly<Record<string, unknown>>): Map<string, CardIdentity | undefined> {
  const declared = Object.entries(recordOf(card.securitySchemes))
  if (declared.length > 0) return new Map(declared.map(([name, scheme]) => [name, identityOfScheme(recordOf(scheme))]))
  // Before version 0.3 a card named its schemes only.
  const names = listOf(recordOf(card.authentication).schemes).flatMap((name) => textOf(name) ?? [])
  return new Map(names.map((name) => [name, primitive(primitiveOfName(name))]))
}

/** The wrappers of version 1.0, each named for the type that earlier versions state as `type`. */
const wrappers = {
  apiKeySecurityScheme: 'apiKey',
  httpAuthSecurityScheme: 'http',
  oauth2SecurityScheme: 'oauth2',
  openIdConnectSecurityScheme: 'openIdConnect',
  mtlsSecurityScheme: 'mutualTLS',
} as const

function identityOfScheme(scheme: Readonly<Record<string, unknown>>): CardIdentity | undefined {
  for (const [wrapper, type] of Object.entries(wrappers))
    if (isRecord(scheme[wrapper])) return identityOfType(type, scheme[wrapper])
  return identityOfType(textOf(scheme.type) ?? '', scheme)
}

function identityOfType(type: string, scheme: Readonly<Record<string, unknown>>): CardIdentity | undefined {
  if (type.toLowerCase() !== 'http') {
    const id = textOf(scheme.clientId) ?? textOf(scheme.client_id)
    return primitive(primitiveOfName(type), id)
  }
  const isAccount =
    textOf(scheme.scheme)?.toLowerCase() === 'basic' || textOf(scheme.bearerFormat)?.toLowerCase() === 'jwt'
  return primitive(isAccount ? 'service_account' : 'api_key')
}

function primitive(value: IdentityPrimitive | undefined, id?: string): CardIdentity | undefined {
  return value && { primitive: value, ...(id && value === 'oauth_client' ? { id } : {}) }
}

function primitiveOfName(name: string): IdentityPrimitive | undefined {
  switch (name.toLowerCase().replace(/[\s_-]+/g, '')) {
    case 'mutualtls':
    case 'mtls':
      return 'workload_identity'
    case 'oauth2':
    case 'oauth':
    case 'openidconnect':
    case 'oidc':
      return 'oauth_client'
    case 'basic':
      return 'service_account'
    case 'bearer':
    case 'apikey':
      return 'api_key'
    default:
      return undefined
  }
}

/** Names of the schemes a card requires: `security` up to 0.3, `securityRequirements` since 1.0. */
function requiredNames(card: Readonly<Record<string, unknown>>): string[] {
  const requirements = [...listOf(card.security), ...listOf(card.securityRequirements)].map(recordOf)
  return requirements.flatMap((requirement) =>
    Object.keys(isRecord(requirement.schemes) ? requirement.schemes : requirement),
  )
}
