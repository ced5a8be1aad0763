import type { Policy } from '@/lib/settings/model'

/** How somebody showed who they are. */
export const sessionMethods = ['password', 'password_and_code', 'passkey', 'provider'] as const
export type SessionMethod = (typeof sessionMethods)[number]

/** Why a session is over. */
export type SessionEnding = 'signed_out' | 'ended' | 'replaced' | 'account_changed' | 'provider'

/** For how long a session holds, and for how long somebody counts as having just shown who they are. */
export type SessionLimits = Policy['sessions']

interface SessionTimes {
  createdAt: Date
  authenticatedAt: Date
  seenAt: Date
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Whether a session still holds: neither left alone for too long, nor too old in all (ASVS 7.3.1 and 7.3.2). */
export function holds({ createdAt, seenAt }: SessionTimes, limits: SessionLimits, at: Date): boolean {
  const idle = at.getTime() - seenAt.getTime()
  const age = at.getTime() - createdAt.getTime()
  return idle < limits.idleMinutes * minuteMs && age < limits.absoluteHours * hourMs
}

/** Whether somebody has shown who they are a moment ago, as what is sensitive asks (ASVS 7.5.3). */
export function isFresh({ authenticatedAt }: Pick<SessionTimes, 'authenticatedAt'>, limits: SessionLimits, at: Date) {
  return at.getTime() - authenticatedAt.getTime() < limits.confirmMinutes * minuteMs
}

/** A session is noted as seen this often, so that a page with many requests writes once. */
export const seenEveryMs = minuteMs

/** Times of sessions are the machine's: end-to-end tests that turn the clock of reviews by weeks sign nobody out. */
export const sessionTime = (): Date => new Date()
