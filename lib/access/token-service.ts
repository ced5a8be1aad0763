import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { idSchema, nameSchema } from '@/lib/registry/model'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { type Actor, type TokenScope, tokenScopes } from './model'
import { mayRun, type PermissionName, permissions } from './permissions'
import { makeToken } from './token'
import { findTokens, insertToken, revokeOwnToken } from './token-store'

const dayMs = 86_400_000
const tokensMax = 50

const tokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string().describe('How the token begins'),
  scopes: z.array(z.enum(tokenScopes)),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
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

function tokenView(row: TokenRow): z.input<typeof tokenSchema> {
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

function accountOf(actor: Actor): string {
  if (actor.id === null) throw new DomainError('refused', 'Only an account has API tokens.')
  return actor.id
}

const listTokens = defineQuery({
  name: 'tokens.list',
  summary: 'Your API tokens',
  method: 'GET',
  path: '/tokens',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: z.object({ rows: z.array(tokenSchema), grantableScopes: z.array(z.enum(tokenScopes)) }),
  async handler({ db, actor }) {
    const rows = await findTokens(db, accountOf(actor), tokensMax)
    return { rows: rows.map(tokenView), grantableScopes: grantableScopes(actor) }
  },
})

const createToken = defineCommand({
  name: 'tokens.create',
  summary: 'Make an API token; it is shown once',
  method: 'POST',
  path: '/tokens',
  reauthenticates: true,
  input: z.strictObject({
    name: nameSchema,
    scopes: z.array(z.enum(tokenScopes)).min(1, 'Name at least one scope').max(tokenScopes.length),
    expiresInDays: z.number().int().min(1).max(365).default(90),
  }),
  output: tokenSchema.extend({ token: z.string().describe('The token itself, shown here and never again') }),
  async handler({ db, actor, now, newId }, { name, scopes: wanted, expiresInDays }) {
    const accountId = accountOf(actor)
    const scopes = tokenScopes.filter((scope) => wanted.includes(scope))
    const grantable = grantableScopes(actor)
    const beyond = scopes.filter((scope) => !grantable.includes(scope))
    if (beyond.length > 0)
      throw new DomainError(
        'refused',
        `You may not do anything with ${beyond.join(', ')} yourself, so no token of yours may.`,
      )
    if ((await findTokens(db, accountId, tokensMax)).length >= tokensMax) {
      throw new DomainError('refused', `You have ${tokensMax} tokens; revoke one first.`)
    }
    const { token, prefix, hash } = makeToken()
    const expiresAt = new Date(now.getTime() + expiresInDays * dayMs)
    const row = { id: newId(), name, prefix, scopes, createdAt: now, expiresAt }
    await insertToken(db, { ...row, accountId, hash })
    const view = tokenView({ ...row, lastUsedAt: null })
    return { output: { ...view, token }, event: { subjectType: 'api_token', subjectId: row.id, after: toJson(view) } }
  },
})

const revokeToken = defineCommand({
  name: 'tokens.revoke',
  summary: 'Revoke one of your API tokens',
  method: 'DELETE',
  path: '/tokens/{id}',
  input: z.strictObject({ id: idSchema }),
  output: z.object({ id: z.uuid() }),
  async handler({ db, actor, now }, { id }) {
    const token = await revokeOwnToken(db, accountOf(actor), id, now)
    if (!token) throw notFound('The API token')
    const before = { name: token.name, prefix: token.prefix }
    return {
      output: { id },
      event: { subjectType: 'api_token', subjectId: id, before, after: { ...before, revokedAt: now.toISOString() } },
    }
  },
})

export const tokenUseCases = {
  'tokens.list': listTokens,
  'tokens.create': createToken,
  'tokens.revoke': revokeToken,
}
