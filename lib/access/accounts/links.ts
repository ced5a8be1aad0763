import 'server-only'
import { randomBytes } from 'node:crypto'
import type { Db } from '@/lib/db/client'
import { wakeJob } from '@/lib/jobs/wake'
import { mailSettings } from '@/lib/mail/settings'
import { seal } from '@/lib/secrets/seal'
import { urls } from '@/lib/urls'
import { hashToken } from '../tokens/token'
import { endLinks, insertLink } from './links-store'

const hourMs = 60 * 60_000

/** How long a link holds. A reset is asked for by whoever waits for it; an invitation may come over a weekend. */
const lifetimeMs = { set_up: 24 * hourMs, invitation: 7 * 24 * hourMs, reset: hourMs } as const
export type LinkKind = keyof typeof lifetimeMs

/** The job that mails links. */
export const mailLinksJobName = 'accounts.mailLinks'

/** The address that a link's token opens. What opens it stands behind the `#`, which browsers keep to themselves: no server and no proxy logs it. */
export const linkOf = (token: string): string => `${mailSettings().origin}${urls.welcome(token)}`

/** How a link reaches whom it is for: by mail, or by whoever asked for it. */
export interface SentLink {
  byMail: boolean
  /** The link itself, where no mail server is set. */
  link: string | null
  expiresAt: Date
}

/** Makes a link for an account that is good for once, in the place of any before, and has it mailed where a mail server is set. */
export async function sendLink(
  db: Db,
  kind: Exclude<LinkKind, 'set_up'>,
  accountId: string,
  at: Date,
): Promise<SentLink> {
  const token = randomBytes(32).toString('base64url')
  const hash = hashToken(token)
  const expiresAt = new Date(at.getTime() + lifetimeMs[kind])
  const byMail = mailSettings().server !== null
  await endLinks(db, accountId, at)
  await insertLink(db, {
    hash,
    kind,
    accountId,
    createdAt: at,
    expiresAt,
    tokenSealed: byMail ? seal(token, hash) : null,
  })
  if (byMail) await wakeJob(db, mailLinksJobName)
  return { byMail, link: byMail ? null : linkOf(token), expiresAt }
}

/** Makes the link that makes the first administrator, in the place of any before. Whoever calls shows it on the server's own console. */
export async function makeSetUpLink(db: Db, at: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(at.getTime() + lifetimeMs.set_up)
  await endLinks(db, null, at)
  await insertLink(db, {
    hash: hashToken(token),
    kind: 'set_up',
    accountId: null,
    createdAt: at,
    expiresAt,
    tokenSealed: null,
  })
  return linkOf(token)
}
