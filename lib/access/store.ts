import type { Database, Db } from '@/lib/db/client'
import type { AccountStatus, AgentLifecycle, PersonStatus } from '@/lib/db/generated/enums'
import { type Actor, type TokenScope, tokenScopes } from './model'
import { blockSeconds, forgetAfterSeconds, type ThrottleKind } from './throttle'
import { hashToken } from './tokens/token'

const accountFields = {
  id: true,
  name: true,
  role: true,
  status: true,
  refusedAt: true,
  personId: true,
  service: { select: { agent: { select: { name: true, lifecycle: true } } } },
  person: {
    select: {
      status: true,
      memberships: { where: { role: 'lead', team: { status: 'active' } }, select: { teamId: true } },
    },
  },
} as const

interface AccountRow {
  id: string
  name: string
  role: Actor['role']
  status: AccountStatus
  refusedAt: Date | null
  personId: string | null
  service: { agent: { name: string; lifecycle: AgentLifecycle } } | null
  person: { status: PersonStatus; memberships: { teamId: string }[] } | null
}

/**
 * Whoever left the organisation, or has no role any more by the word of their identity provider, is out here as well; and
 * so is a service account whose agent is not in use.
 */
const mayAct = ({ status, refusedAt, person, service }: AccountRow) =>
  status === 'active' &&
  refusedAt === null &&
  person?.status !== 'left' &&
  (service === null || service.agent.lifecycle === 'active')

function actorOf(account: AccountRow, kind: 'account' | 'token', scopes: Actor['scopes']): Actor {
  const leadOf = new Set(account.person?.memberships.map((membership) => membership.teamId))
  const { id, role, personId } = account
  return { kind, id, name: account.service?.agent.name ?? account.name, role, personId, leadOf, scopes }
}

/** The actor of an account, outside of any session; null when it is gone or disabled, or its person has left. */
export async function actorOfAccount(db: Db, accountId: string): Promise<Actor | null> {
  const account = await db.prisma.account.findUnique({ where: { id: accountId }, select: accountFields })
  return account && mayAct(account) ? actorOf(account, 'account', null) : null
}

/** The actor of an API token, or null when it is unknown, revoked or expired. Notes when it was last used, once a minute. */
export async function actorOfToken(db: Db, token: string, now: Date): Promise<Actor | null> {
  const row = await db.prisma.apiToken.findUnique({
    where: { hash: hashToken(token) },
    include: { account: { select: accountFields } },
  })
  if (!row || row.revokedAt || (row.expiresAt && row.expiresAt <= now) || !mayAct(row.account)) return null
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > 60_000) {
    await db.prisma.apiToken.update({ where: { id: row.id }, data: { lastUsedAt: now }, select: { id: true } })
  }
  const scopes = new Set(
    row.scopes.filter((scope): scope is TokenScope => tokenScopes.some((known) => known === scope)),
  )
  return { ...actorOf(row.account, 'token', scopes), tokenName: row.name }
}

/** What sign-in checks a password against; null for an account that is unknown or may not be used. */
export async function findCredentials(db: Db, address: string) {
  const email = address.toLowerCase()
  const account = await db.prisma.account.findUnique({
    where: { email },
    select: { ...accountFields, passwordHash: true, totp: { select: { accountId: true } } },
  })
  if (!account || !mayAct(account)) return null
  const { id, name, passwordHash, totp } = account
  return { id, name, email, passwordHash, asksForCode: totp !== null }
}

/** Seconds until this key (an account's address, or a client's) may try again; 0 for now. */
export async function secondsBlocked(db: Db, key: string, now: Date): Promise<number> {
  const row = await db.prisma.signInThrottle.findUnique({ where: { key } })
  const until = row?.blockedUntil?.getTime() ?? 0
  return Math.max(0, Math.ceil((until - now.getTime()) / 1000))
}

/** Counts a failure under a row lock, so that parallel guesses are counted one by one. */
export async function noteFailure(
  database: Database,
  { kind, key }: { kind: ThrottleKind; key: string },
  now: Date,
): Promise<void> {
  const forgetBefore = new Date(now.getTime() - forgetAfterSeconds * 1000)
  await database.transaction(async ({ prisma }) => {
    await prisma.$executeRaw`INSERT INTO sign_in_throttle (key, failures, updated_at) VALUES (${key}, 0, ${now}) ON CONFLICT (key) DO NOTHING`
    const [row] = await prisma.$queryRaw<{ failures: number }[]>`
      SELECT CASE WHEN updated_at > ${forgetBefore} THEN failures ELSE 0 END AS failures
      FROM sign_in_throttle WHERE key = ${key} FOR UPDATE`
    const failures = (row?.failures ?? 0) + 1
    const blockedUntil = new Date(now.getTime() + blockSeconds(kind, failures) * 1000)
    await prisma.signInThrottle.update({ where: { key }, data: { failures, blockedUntil, updatedAt: now } })
  })
}

/** A success clears the count. */
export async function clearFailures(db: Db, key: string): Promise<void> {
  await db.prisma.signInThrottle.deleteMany({ where: { key } })
}
