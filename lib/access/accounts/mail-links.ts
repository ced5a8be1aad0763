import 'server-only'
import type { Database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { mailTo } from '@/lib/mail/plain'
import { mailSettings } from '@/lib/mail/settings'
import { open } from '@/lib/secrets/seal'
import { linkOf } from './links'
import { lockLinksToMail, noteLinkMailed } from './links-store'

const subjects = { invitation: 'Your account in Pentarch', reset: 'Choose your Pentarch password anew' } as const
const texts = {
  invitation: (link: string) =>
    `An administrator has made an account in Pentarch for you. Open this page to choose how you sign in. It holds for 7 days and for once:\n\n${link}\n`,
  reset: (link: string) =>
    `Open this page to choose your password anew. It holds for an hour and for once:\n\n${link}\n\nIf you did not ask for it, nothing has changed, and you can leave it.\n`,
} as const

/** Mails the links that wait, one by one. One that cannot be handed over waits for the next run, for as long as it holds. */
export async function mailLinks(database: Database, at: Date, isLate: () => boolean): Promise<void> {
  if (mailSettings().server === null) return
  const failed = new Set<string>()
  while (!isLate()) {
    const hash = await mailOne(database, at, failed)
    if (hash === null) return
  }
}

/** @returns the link that was seen to, sent or not; null when none is left. */
async function mailOne(database: Database, at: Date, failed: Set<string>): Promise<string | null> {
  return await database.transaction(async (db) => {
    const waiting = await lockLinksToMail(db, at, failed.size + 1)
    const link = waiting.find(({ hash }) => !failed.has(hash))
    if (!link) return null
    const { hash, kind, name, email, tokenSealed } = link
    try {
      await mailTo(
        { name, address: email },
        subjects[kind],
        texts[kind](linkOf(open(tokenSealed, hash))),
        hash.slice(0, 16),
      )
      await noteLinkMailed(db, hash, at)
    } catch (error) {
      failed.add(hash)
      log.warn({ err: error }, 'A link to sign in could not be mailed; it is tried again')
    }
    return hash
  })
}
