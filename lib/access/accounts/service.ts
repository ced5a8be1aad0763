import { z } from 'zod'
import { cutPage, listName, pageOf, startOf } from '@/lib/http/page'
import { changesBetween } from '@/lib/registry/changes'
import { externalIdSchema, idSchema, nameSchema, reasonSchema } from '@/lib/registry/model'
import { personNamed } from '@/lib/registry/references'
import { isoOf, versionSchema } from '@/lib/registry/shapes'
import { assertFresh as assertNotStale } from '@/lib/registry/stale'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { roles } from '../model'
import { sessionTime } from '../sessions/model'
import { endSessions } from '../sessions/store'
import { type SentLink, sendLink } from './links'
import { accountRowSchema, accountStatuses, inviteInput, listAccountsInput, sentLinkSchema } from './model'
import { countOtherAdministrators, findAccounts, lockAccount } from './store'

const listAccounts = defineQuery({
  name: 'accounts.list',
  summary: 'Who may sign in, in which role',
  method: 'GET',
  path: '/accounts',
  alwaysPresent: true,
  input: listAccountsInput,
  output: pageOf(accountRowSchema),
  async handler({ db }, { cursor, limit, ...filter }) {
    const list = listName('accounts', filter)
    const rows = await findAccounts(db, filter, limit + 1, startOf(list, cursor), sessionTime())
    const shown = rows.map(({ seenAt, invitedUntil, ...row }) => ({
      ...row,
      seenAt: isoOf(seenAt),
      invitedUntil: isoOf(invitedUntil),
    }))
    return cutPage(list, shown, limit, ({ email }) => [email])
  },
})

const shownLink = ({ byMail, link, expiresAt }: SentLink) => ({ byMail, link, expiresAt: expiresAt.toISOString() })

const inviteAccount = defineCommand({
  name: 'accounts.invite',
  summary: 'Make an account, and invite whose it is to choose a way in',
  method: 'POST',
  path: '/accounts',
  alwaysPresent: true,
  reauthenticates: true,
  input: inviteInput,
  output: sentLinkSchema.extend({ id: z.uuid() }),
  async handler(context, { email, name, role, person: key }) {
    const { db, now, newId } = context
    const taken = await db.prisma.account.findUnique({ where: { email }, select: { id: true } })
    if (taken) {
      const message = 'There is an account with this address already'
      throw new DomainError('conflict', `${message}.`, { fields: [{ field: 'email', message }] })
    }
    const person = key === undefined ? null : await personNamed(context, 'person', key)
    if (person) await assertPersonFree(context, person)
    const id = newId()
    const made = { email, name, role, person: person?.externalId ?? null }
    await db.prisma.account.create({
      data: { id, email, name, role, personId: person?.id ?? null, createdAt: now },
      select: { id: true },
    })
    const sent = await sendLink(db, 'invitation', id, sessionTime())
    return { output: { id, ...shownLink(sent) }, event: { subjectType: 'account', subjectId: id, after: made } }
  },
})

/** @throws DomainError when the person has left or has an account. */
async function assertPersonFree({ db }: UseCaseContext, person: { id: string; name: string; status: string }) {
  const refuse = (message: string) =>
    new DomainError('refused', `${message}.`, { fields: [{ field: 'person', message }] })
  if (person.status === 'left') throw refuse(`${person.name} has left`)
  const taken = await db.prisma.account.findUnique({ where: { personId: person.id }, select: { email: true } })
  if (taken) throw refuse(`${person.name} has the account ${taken.email}`)
}

const updateAccount = defineCommand({
  name: 'accounts.update',
  summary: 'Change the role, the name, the person or the state of an account; it is signed out everywhere',
  method: 'PATCH',
  path: '/accounts/{id}',
  alwaysPresent: true,
  reauthenticates: true,
  input: z.strictObject({
    id: idSchema,
    version: versionSchema,
    name: nameSchema.optional(),
    role: z.enum(roles).optional(),
    status: z.enum(accountStatuses).optional(),
    person: externalIdSchema.nullable().optional().describe('External id of the person it belongs to; null for nobody'),
    reason: reasonSchema.optional(),
  }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  async handler(context, { id, version, person: key, reason, ...wanted }) {
    const { db, actor } = context
    const account = await lockAccount(db, id)
    if (!account) throw notFound('The account')
    await assertNotStale(context, { type: 'account', id, version: account.version }, version)
    const person = key == null ? null : await personNamed(context, 'person', key)
    if (person && person.id !== account.personId) await assertPersonFree(context, person)
    const before = { name: account.name, role: account.role, status: account.status, personId: account.personId }
    const after = {
      name: wanted.name ?? before.name,
      role: wanted.role ?? before.role,
      status: wanted.status ?? before.status,
      personId: key === undefined ? before.personId : (person?.id ?? null),
    }
    const isOwn = actor.id === id
    if (isOwn && (after.role !== before.role || after.status !== before.status || after.personId !== before.personId))
      throw new DomainError('refused', 'Nobody changes their own role, state or person: another administrator does.')
    const losesAdministrator = before.role === 'admin' && (after.role !== 'admin' || after.status !== 'active')
    if (losesAdministrator && before.status === 'active' && (await countOtherAdministrators(db, id)) === 0)
      throw new DomainError('refused', 'It is the last administrator; make another one first.')
    const changes = changesBetween(before, after)
    await db.prisma.account.update({
      where: { id },
      data: { ...after, version: account.version + 1 },
      select: { id: true },
    })
    // What a session may do is looked up anew with each request; that it goes on under the same name is what ends here.
    const onlyName = changes.fields.every((field) => field === 'name')
    if (!onlyName) await endSessions(db, { accountId: id }, 'account_changed', sessionTime())
    return {
      output: { id, version: account.version + 1 },
      event: {
        ...{ subjectType: 'account', subjectId: id, before: changes.before, after: changes.after },
        ...(reason !== undefined && { reason }),
      },
    }
  },
})

const resetAccount = defineCommand({
  name: 'accounts.reset',
  summary: 'Send a link with which the owner of an account chooses a way in anew',
  method: 'POST',
  path: '/accounts/{id}/link',
  alwaysPresent: true,
  reauthenticates: true,
  input: z.strictObject({ id: idSchema }),
  output: sentLinkSchema,
  async handler(context, { id }) {
    const { db } = context
    const account = await lockAccount(db, id)
    if (!account) throw notFound('The account')
    if (account.status !== 'active') throw new DomainError('wrong_state', 'The account is disabled.')
    const hasBeenHere = (await db.prisma.session.count({ where: { accountId: id } })) > 0
    const kind = hasBeenHere ? 'reset' : 'invitation'
    const sent = await sendLink(db, kind, id, sessionTime())
    const after = { link: kind, byMail: sent.byMail }
    return { output: shownLink(sent), event: { subjectType: 'account', subjectId: id, after } }
  },
})

const clearFactors = defineCommand({
  name: 'accounts.clearFactors',
  summary: 'Take the authenticator app and the passkeys of an account away, for whoever has lost them',
  method: 'DELETE',
  path: '/accounts/{id}/factors',
  alwaysPresent: true,
  reauthenticates: true,
  input: z.strictObject({ id: idSchema, reason: reasonSchema }),
  output: z.object({ passkeys: z.int(), app: z.boolean() }),
  async handler({ db, actor }, { id, reason }) {
    if (actor.id === id) throw new DomainError('refused', 'Remove your own under Settings, Sign-in.')
    if (!(await lockAccount(db, id))) throw notFound('The account')
    const { count: passkeys } = await db.prisma.passkey.deleteMany({ where: { accountId: id } })
    await db.prisma.recoveryCode.deleteMany({ where: { accountId: id } })
    const { count: apps } = await db.prisma.totpSecret.deleteMany({ where: { accountId: id } })
    await endSessions(db, { accountId: id }, 'account_changed', sessionTime())
    const output = { passkeys, app: apps > 0 }
    return { output, event: { subjectType: 'account', subjectId: id, after: output, reason } }
  },
})

const endAccountSessions = defineCommand({
  name: 'accounts.endSessions',
  summary: 'Sign somebody out everywhere',
  method: 'DELETE',
  path: '/accounts/{id}/sessions',
  alwaysPresent: true,
  reauthenticates: true,
  input: z.strictObject({ id: idSchema }),
  output: z.object({ ended: z.int() }),
  async handler({ db }, { id }) {
    if (!(await lockAccount(db, id))) throw notFound('The account')
    const ended = await endSessions(db, { accountId: id }, 'ended', sessionTime())
    return { output: { ended }, event: { subjectType: 'account', subjectId: id, after: { ended } } }
  },
})

const endAllSessions = defineCommand({
  name: 'accounts.endAllSessions',
  summary: 'Sign everybody out everywhere, but for the session it is done in',
  method: 'DELETE',
  path: '/account-sessions',
  alwaysPresent: true,
  reauthenticates: true,
  input: z.strictObject({ reason: reasonSchema }),
  output: z.object({ ended: z.int() }),
  async handler({ db, actor }, { reason }) {
    const except = actor.session && { except: actor.session.id }
    const ended = await endSessions(db, { ...except }, 'ended', sessionTime())
    return { output: { ended }, event: { subjectType: 'accounts', subjectId: 'all', after: { ended }, reason } }
  },
})

const revokeTokens = defineCommand({
  name: 'accounts.revokeTokens',
  summary: 'Revoke all API tokens of somebody',
  method: 'DELETE',
  path: '/accounts/{id}/tokens',
  alwaysPresent: true,
  reauthenticates: true,
  input: z.strictObject({ id: idSchema, reason: reasonSchema }),
  output: z.object({ revoked: z.int() }),
  async handler({ db, now }, { id, reason }) {
    if (!(await lockAccount(db, id))) throw notFound('The account')
    const { count: revoked } = await db.prisma.apiToken.updateMany({
      where: { accountId: id, revokedAt: null },
      data: { revokedAt: now },
    })
    return { output: { revoked }, event: { subjectType: 'account', subjectId: id, after: { revoked }, reason } }
  },
})

export const accountUseCases = {
  'accounts.list': listAccounts,
  'accounts.invite': inviteAccount,
  'accounts.update': updateAccount,
  'accounts.reset': resetAccount,
  'accounts.clearFactors': clearFactors,
  'accounts.endSessions': endAccountSessions,
  'accounts.endAllSessions': endAllSessions,
  'accounts.revokeTokens': revokeTokens,
}
