import { z } from 'zod'
import { idSchema } from '@/lib/registry/model'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { type Actor, tokenScopes } from '../model'
import { grantableScopes, issueToken, madeTokenSchema, newTokenInput, tokenSchema, tokensMax, tokenView } from './issue'
import { findTokens, revokeTokenOf } from './store'

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
  input: newTokenInput,
  output: madeTokenSchema,
  async handler(context, wanted) {
    const { actor } = context
    const holder = { accountId: accountOf(actor), grantable: grantableScopes(actor), name: 'You' }
    return await issueToken(context, holder, wanted)
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
    const token = await revokeTokenOf(db, accountOf(actor), id, now)
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
