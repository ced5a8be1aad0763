import { z } from 'zod'
import { mailSettings } from '@/lib/mail/settings'
import { idSchema } from '@/lib/registry/model'
import { instantSchema } from '@/lib/registry/shapes'
import { urls } from '@/lib/urls'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import type { Actor } from '../model'
import { endSessionUrl } from '../oidc/client'
import { oidcProviders } from '../oidc/settings'
import { providerOfSession } from '../oidc/store'
import { sessionMethods, sessionTime } from './model'
import { endSessions, openSessionsOf } from './store'

const sessionSchema = z.object({
  id: z.uuid(),
  method: z.enum(sessionMethods).describe('How you showed who you are'),
  createdAt: instantSchema,
  authenticatedAt: instantSchema,
  seenAt: instantSchema,
  address: z.string().nullable(),
  browser: z.string().nullable().describe('What the browser calls itself'),
  isThis: z.boolean().describe('Whether it is the one that asks'),
})

/** The account behind an actor. @throws DomainError for the system, which has none. */
export function accountOf(actor: Actor): string {
  if (actor.id === null) throw new DomainError('refused', 'Only an account has sessions and ways to sign in.')
  return actor.id
}

const listSessions = defineQuery({
  name: 'sessions.list',
  summary: 'Where you are signed in',
  method: 'GET',
  path: '/sessions',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: z.object({ rows: z.array(sessionSchema) }),
  async handler({ db, actor }) {
    const rows = await openSessionsOf(db, accountOf(actor), sessionTime())
    return {
      rows: rows.map(({ createdAt, authenticatedAt, seenAt, ...row }) => ({
        ...row,
        createdAt: createdAt.toISOString(),
        authenticatedAt: authenticatedAt.toISOString(),
        seenAt: seenAt.toISOString(),
        isThis: row.id === actor.session?.id,
      })),
    }
  },
})

const endSession = defineCommand({
  name: 'sessions.end',
  summary: 'Sign yourself out somewhere',
  method: 'DELETE',
  path: '/sessions/{id}',
  alwaysPresent: true,
  input: z.strictObject({ id: idSchema }),
  output: z.object({ ended: z.int() }),
  async handler({ db, actor }, { id }) {
    const accountId = accountOf(actor)
    const ended = await endSessions(db, { id, accountId }, 'ended', sessionTime())
    if (ended === 0) throw notFound('The session')
    return { output: { ended }, event: { subjectType: 'account', subjectId: accountId, after: { ended } } }
  },
})

const endOtherSessions = defineCommand({
  name: 'sessions.endOthers',
  summary: 'Sign yourself out everywhere but here',
  method: 'DELETE',
  path: '/sessions',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: z.object({ ended: z.int() }),
  async handler({ db, actor }) {
    const accountId = accountOf(actor)
    const ended = await endSessions(
      db,
      { accountId, ...(actor.session && { except: actor.session.id }) },
      'ended',
      sessionTime(),
    )
    return { output: { ended }, event: { subjectType: 'account', subjectId: accountId, after: { ended } } }
  },
})

const findProviderEnd = defineQuery({
  name: 'sessions.providerEnd',
  summary: 'Where your browser goes to be signed out at the identity provider as well',
  method: 'GET',
  path: '/sessions/provider-end',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: z.object({
    url: z.string().nullable().describe('Null for who did not come by one, or where it offers none'),
  }),
  async handler({ db, actor }) {
    const session = actor.session && (await providerOfSession(db, actor.session.id))
    const provider = session && oidcProviders().find(({ issuer }) => issuer === session.issuer)
    if (!provider) return { url: null }
    return { url: await endSessionUrl(provider, session.idToken, `${mailSettings().origin}${urls.signIn()}`) }
  },
})

export const sessionUseCases = {
  'sessions.list': listSessions,
  'sessions.providerEnd': findProviderEnd,
  'sessions.end': endSession,
  'sessions.endOthers': endOtherSessions,
}
