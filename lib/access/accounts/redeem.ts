import 'server-only'
import { v7 as uuidv7 } from 'uuid'
import type { UseCaseName } from '@/lib/access/permissions'
import { appendAuditEvent } from '@/lib/audit/store'
import type { Database, Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { currentTime } from '@/lib/time/clock'
import { DomainError, type FieldProblem } from '@/lib/use-cases/errors'
import { setPassword } from '../factors/password-store'
import { whyNotPassword } from '../password-rules'
import { sessionTime } from '../sessions/model'
import { endSessions } from '../sessions/store'
import { actorOfAccount } from '../store'
import { hashToken } from '../tokens/token'
import { sendLink } from './links'
import { countLinksSince, lockLink, noteLinkUsed, type OpenLink } from './links-store'

const overWords = 'This link was used already, is over, or never was. Ask for another one.'

const over = () => new DomainError('not_found', overWords)

/** What a link is for, for the page that it opens. @throws DomainError `not_found`. */
export async function lookAtLink(database: Database, token: string): Promise<Pick<OpenLink, 'kind' | 'account'>> {
  const link = await database.transaction((db) => lockLink(db, hashToken(token), sessionTime()))
  if (!link) throw over()
  return link
}

/** What whoever opens a link chooses. Address and name are for the first administrator alone; other accounts have them. */
export interface Chosen {
  password: string
  email?: string | undefined
  name?: string | undefined
}

const field = (name: string, message: string): DomainError =>
  new DomainError('refused', message, { fields: [{ field: name, message }] satisfies FieldProblem[] })

/**
 * Uses a link up: its account has the password from now on, and is signed out everywhere else.
 * @returns the address to sign in with.
 * @throws DomainError `not_found` for a link that holds no more, `refused` for a password that must not be taken.
 */
export async function redeemLink(database: Database, token: string, chosen: Chosen): Promise<{ email: string }> {
  const at = sessionTime()
  return await database.transaction(async (db) => {
    const link = await lockLink(db, hashToken(token), at)
    if (!link) throw over()
    const account = link.account ?? (await makeAdministrator(db, chosen))
    const message = whyNotPassword(chosen.password, account.email)
    if (message !== null) throw field('password', message)
    await setPassword(db, account.id, chosen.password)
    await noteLinkUsed(db, link.hash, at)
    await endSessions(db, { accountId: account.id }, 'account_changed', at)
    await record(db, account.id, 'accounts.useLink', { link: link.kind })
    return { email: account.email }
  })
}

/** The first account of all. One lock makes two who try at once take turns. */
async function makeAdministrator(db: Db, { email, name }: Chosen) {
  if (!email) throw field('email', 'Give your e-mail address')
  if (!name) throw field('name', 'Give your name')
  await db.execute(sql`LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE`)
  if ((await db.prisma.account.count()) > 0) throw over()
  const account = { id: uuidv7(), email: email.toLowerCase(), name }
  await db.prisma.account.create({
    data: { ...account, role: 'admin', createdAt: currentTime() },
    select: { id: true },
  })
  return account
}

const resetsPerHour = 3

/**
 * Sends a link to choose a password anew to whoever has an account with this address, if anybody. Does the same for everybody
 * as far as whoever asks can tell. A few an hour and no more, so that nobody's mailbox is flooded.
 */
export async function askForReset(database: Database, email: string): Promise<void> {
  const at = sessionTime()
  await database.transaction(async (db) => {
    const account = await db.prisma.account.findUnique({
      where: { email: email.trim().toLowerCase() },
      select: { id: true, passwordHash: true },
    })
    // Who signs in by a provider alone has no password to forget.
    if (!account?.passwordHash || !(await actorOfAccount(db, account.id))) return
    if ((await countLinksSince(db, account.id, new Date(at.getTime() - 3_600_000))) >= resetsPerHour) return
    await sendLink(db, 'reset', account.id, at)
    await record(db, account.id, 'accounts.askForReset', { link: 'reset' })
  })
}

async function record(db: Db, accountId: string, action: UseCaseName, after: Record<string, string>): Promise<void> {
  const actor = await actorOfAccount(db, accountId)
  if (!actor) throw over()
  const context = { db, actor, now: currentTime(), newId: () => uuidv7(), requestId: uuidv7(), door: 'screen' as const }
  await appendAuditEvent(context, action, { subjectType: 'account', subjectId: accountId, after })
}
