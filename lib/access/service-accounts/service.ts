import { z } from 'zod'
import { cutPage, listName, pageOf, startOf } from '@/lib/http/page'
import { changesBetween } from '@/lib/registry/changes'
import { idSchema, reasonSchema, slugSchema } from '@/lib/registry/model'
import { agentNamed } from '@/lib/registry/references'
import { isoOf, versionSchema } from '@/lib/registry/shapes'
import { assertFresh as assertNotStale } from '@/lib/registry/stale'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { accountStatuses } from '../accounts/model'
import { type Role, roles, type TokenScope, tokenScopes } from '../model'
import {
  grantableScopes,
  issueToken,
  madeTokenSchema,
  newTokenInput,
  tokenSchema,
  tokensMax,
  tokenView,
} from '../tokens/issue'
import { findTokens, revokeTokenOf } from '../tokens/store'
import { listServiceAccountsInput, serviceAccountSchema } from './model'
import { type FoundServiceAccount, findServiceAccounts, serviceAccountOf } from './store'

const agentField = slugSchema.describe('Slug of the agent that the account acts for')

const shown = ({ lastUsedAt, ...row }: FoundServiceAccount) => ({ ...row, lastUsedAt: isoOf(lastUsedAt) })

async function accountOf(
  { db, now }: UseCaseContext,
  agent: string,
  lock: 'locked' | 'unlocked',
): Promise<FoundServiceAccount> {
  const account = await serviceAccountOf(db, agent, now, lock)
  if (!account) throw notFound('The service account')
  return account
}

/** What a token of an account in this role could be let do. It stands for nobody, so its role is all there is. */
const scopesOf = (role: Role): TokenScope[] =>
  grantableScopes({ kind: 'account', id: null, name: '', role, personId: null, leadOf: new Set(), scopes: null })

const list = defineQuery({
  name: 'serviceAccounts.list',
  summary: 'The accounts of scripts and services, and who answers for each',
  method: 'GET',
  path: '/service-accounts',
  alwaysPresent: true,
  input: listServiceAccountsInput,
  output: pageOf(serviceAccountSchema),
  async handler({ db, now }, { cursor, limit, ...filter }) {
    const name = listName('serviceAccounts', filter)
    const rows = await findServiceAccounts(db, filter, limit + 1, startOf(name, cursor), now)
    return cutPage(name, rows.map(shown), limit, ({ agent }) => [agent.slug])
  },
})

const get = defineQuery({
  name: 'serviceAccounts.get',
  summary: 'The service account of an agent, with its API tokens',
  method: 'GET',
  path: '/service-accounts/{agent}',
  alwaysPresent: true,
  input: z.strictObject({ agent: agentField }),
  output: serviceAccountSchema.extend({
    rows: z.array(tokenSchema).describe('API tokens that were not revoked'),
    grantableScopes: z.array(z.enum(tokenScopes)).describe('What its role lets a token do'),
  }),
  async handler(context, { agent }) {
    const account = await accountOf(context, agent, 'unlocked')
    const tokens = await findTokens(context.db, account.id, tokensMax)
    return { ...shown(account), rows: tokens.map(tokenView), grantableScopes: scopesOf(account.role) }
  },
})

const create = defineCommand({
  name: 'serviceAccounts.create',
  summary: 'Make an account for a script or a service: for an agent of the registry, whose sponsor answers for it',
  method: 'POST',
  path: '/service-accounts',
  alwaysPresent: true,
  reauthenticates: true,
  input: z.strictObject({ agent: agentField, role: z.enum(roles), reason: reasonSchema.optional() }),
  output: z.object({ id: z.uuid(), agent: z.string() }),
  async handler(context, { agent: slug, role, reason }) {
    const { db, now, newId } = context
    const agent = await agentNamed(context, 'agent', slug)
    await assertAccountable(context, agent)
    if (await serviceAccountOf(db, slug, now)) throw refusedAgent(`${agent.name} has a service account already`)
    const id = newId()
    await db.prisma.account.create({
      data: { id, name: agent.name, role, createdAt: now, service: { create: { agentId: agent.id } } },
      select: { id: true },
    })
    return {
      output: { id, agent: slug },
      event: {
        ...{ subjectType: 'account', subjectId: id, after: { agent: slug, role } },
        ...(reason !== undefined && { reason }),
      },
    }
  },
})

function refusedAgent(message: string): DomainError {
  return new DomainError('refused', `${message}.`, { fields: [{ field: 'agent', message }] })
}

/** @throws DomainError when the agent is out of use or restricted, or nobody who is here answers for it. */
async function assertAccountable({ db }: UseCaseContext, agent: { id: string; name: string }): Promise<void> {
  const { lifecycle, restricted, sponsor } = await db.prisma.agent.findUniqueOrThrow({
    where: { id: agent.id },
    select: { lifecycle: true, restricted: true, sponsor: { select: { status: true } } },
  })
  if (lifecycle === 'retired') throw refusedAgent(`${agent.name} is retired`)
  if (restricted)
    throw refusedAgent(
      `${agent.name} is restricted, and what an account does stands under its name for everybody to read`,
    )
  if (sponsor?.status !== 'active')
    throw refusedAgent(`${agent.name} has no sponsor who is here; name one, who answers for what the account does`)
}

const update = defineCommand({
  name: 'serviceAccounts.update',
  summary: 'Change the role of a service account, disable it or let it in again',
  method: 'PATCH',
  path: '/service-accounts/{agent}',
  alwaysPresent: true,
  reauthenticates: true,
  input: z.strictObject({
    agent: agentField,
    version: versionSchema,
    role: z.enum(roles).optional(),
    status: z.enum(accountStatuses).optional(),
    reason: reasonSchema.optional(),
  }),
  output: z.object({ version: z.int() }),
  async handler(context, { agent, version, reason, ...wanted }) {
    const { id, version: present, role, status } = await accountOf(context, agent, 'locked')
    await assertNotStale(context, { type: 'account', id, version: present }, version)
    const after = { role: wanted.role ?? role, status: wanted.status ?? status }
    const changes = changesBetween({ role, status }, after)
    await context.db.prisma.account.update({
      where: { id },
      data: { ...after, version: present + 1 },
      select: { id: true },
    })
    return {
      output: { version: present + 1 },
      event: {
        ...{ subjectType: 'account', subjectId: id, before: changes.before, after: changes.after },
        ...(reason !== undefined && { reason }),
      },
    }
  },
})

const createToken = defineCommand({
  name: 'serviceAccounts.createToken',
  summary: 'Make an API token for a service account; it is shown once',
  method: 'POST',
  path: '/service-accounts/{agent}/tokens',
  alwaysPresent: true,
  reauthenticates: true,
  input: newTokenInput.extend({ agent: agentField }),
  output: madeTokenSchema,
  async handler(context, { agent, ...wanted }) {
    const account = await accountOf(context, agent, 'locked')
    const holder = { accountId: account.id, grantable: scopesOf(account.role), name: account.agent.name }
    const { output, event } = await issueToken(context, holder, wanted)
    const { name, prefix, scopes, expiresAt } = output
    return { output, event: { ...event, after: { name, prefix, scopes, expiresAt, agent } } }
  },
})

const revokeToken = defineCommand({
  name: 'serviceAccounts.revokeToken',
  summary: 'Revoke an API token of a service account',
  method: 'DELETE',
  path: '/service-accounts/{agent}/tokens/{id}',
  alwaysPresent: true,
  input: z.strictObject({ agent: agentField, id: idSchema }),
  output: z.object({ id: z.uuid() }),
  async handler(context, { agent, id }) {
    const account = await accountOf(context, agent, 'locked')
    const token = await revokeTokenOf(context.db, account.id, id, context.now)
    if (!token) throw notFound('The API token')
    const before = { name: token.name, prefix: token.prefix, agent }
    const after = { ...before, revokedAt: context.now.toISOString() }
    return { output: { id }, event: { subjectType: 'api_token', subjectId: id, before, after } }
  },
})

export const serviceAccountUseCases = {
  'serviceAccounts.list': list,
  'serviceAccounts.get': get,
  'serviceAccounts.create': create,
  'serviceAccounts.update': update,
  'serviceAccounts.createToken': createToken,
  'serviceAccounts.revokeToken': revokeToken,
}
