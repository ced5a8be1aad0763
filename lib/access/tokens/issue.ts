import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { nameSchema } from '@/lib/registry/model'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { type Actor, type TokenScope, tokenScopes } from '../model'
import { mayRun, type PermissionName, permissions } from '../permissions'
import { findTokens, insertToken } from './store'
import { makeToken } from './token'

const dayMs = 86_400_000
/** How many tokens that were not revoked an account may have. */
export const tokensMax = 50

export const tokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string().describe('How the token begins'),
  scopes: z.array(z.enum(tokenScopes)),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
})
export type Token = z.infer<typeof tokenSchema>

export const madeTokenSchema = tokenSchema.extend({
  token: z.string().describe('The token itself, shown here and never again'),
})

export const newTokenInput = z.strictObject({
  name: nameSchema,
  scopes: z.array(z.enum(tokenScopes)).min(1, 'Name at least one scope').max(tokenScopes.length),
  expiresInDays: z.number().int().min(1).max(365).default(90),
})

interface TokenRow {
  id: string
  name: string
  prefix: string
  scopes: string[]
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}

const isScope = (scope: string): scope is TokenScope => tokenScopes.some((known) => known === scope)

/** A token as it is shown, without what opens the door. */
export function tokenView(row: TokenRow): Token {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes.filter(isScope),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }
}

const permissionNames = Object.keys(permissions) as PermissionName[]

/** The use cases an actor may run. */
export function allowedTo(actor: Actor): PermissionName[] {
  return permissionNames.filter((name) => mayRun(name, actor) === true)
}

/** The scopes an actor may hand to a token: those that open at least one use case to the actor. */
export function grantableScopes(actor: Actor): TokenScope[] {
  const byToken = allowedTo(actor).filter((name) => !('atScreen' in permissions[name]))
  const open = new Set<TokenScope>(byToken.map((name) => permissions[name].scope))
  return tokenScopes.filter((scope) => open.has(scope))
}

/** The account that a token is made for: what it may do itself bounds what the token may. */
interface Holder {
  accountId: string
  grantable: readonly TokenScope[]
  /** How a refusal calls it: "You", or the name of a service account. */
  name: string
}

/**
 * Makes a token for an account, keeps its hash, and gives it away this once.
 * @throws DomainError when it should do what its account may not, or the account has too many.
 */
export async function issueToken(
  { db, now, newId }: UseCaseContext,
  { accountId, grantable, name: holder }: Holder,
  { name, scopes: wanted, expiresInDays }: z.output<typeof newTokenInput>,
) {
  const scopes = tokenScopes.filter((scope) => wanted.includes(scope))
  const beyond = scopes.filter((scope) => !grantable.includes(scope))
  if (beyond.length > 0)
    throw new DomainError(
      'refused',
      `${holder} may not do anything with ${beyond.join(', ')}, so a token may not either.`,
    )
  if ((await findTokens(db, accountId, tokensMax)).length >= tokensMax)
    throw new DomainError('refused', `There are ${tokensMax} tokens; revoke one first.`)
  const { token, prefix, hash } = makeToken()
  const expiresAt = new Date(now.getTime() + expiresInDays * dayMs)
  const row = { id: newId(), name, prefix, scopes, createdAt: now, expiresAt }
  await insertToken(db, { ...row, accountId, hash })
  const view = tokenView({ ...row, lastUsedAt: null })
  return { output: { ...view, token }, event: { subjectType: 'api_token', subjectId: row.id, after: toJson(view) } }
}
