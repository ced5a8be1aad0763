import 'server-only'
import { v7 } from 'uuid'
import type { Database } from '@/lib/db/client'
import { type ClaimedMail, cancelMail, claimMail, completeMail, noteFailure, queueMails } from '@/lib/mail/outbox-store'
import { isGivenUp, nextAttemptAt } from '@/lib/mail/retry'
import type { MailSettings } from '@/lib/mail/settings'
import { type MailTransport, openTransport } from '@/lib/mail/transport'
import type { Policy } from '@/lib/settings/model'
import { policyOf } from '@/lib/settings/store'
import { contentOf, saysAnything } from './digest'
import { digestOf, noteTold, peopleDue } from './digest-store'
import { digestKind } from './model'

/** What sending works with. */
export interface Sending {
  database: Database
  settings: MailSettings
  clock: () => Date
  /** Whether to leave the rest to the next run. */
  isLate: () => boolean
}

/**
 * Queues a digest for whoever is due one, and sends what is queued: each mail is written anew at that moment, so that it
 * tells what is open then and nothing else. Many instances may do so at once: each mail is claimed by one.
 */
export async function sendDigests(sending: Sending): Promise<void> {
  const { database, settings, clock, isLate } = sending
  const { reviews } = await policyOf(database)
  const due = await peopleDue(database, reviews, clock())
  await queueMails(database, { kind: digestKind, now: clock(), newId: v7 }, due)
  const transport = settings.server && openTransport(settings.server, settings.from)
  try {
    while (!isLate()) {
      const mail = await claimMail(database, reviews, clock())
      if (!mail || (await send(mail, transport, reviews, sending)) === 'down') return
    }
  } finally {
    transport?.close()
  }
}

const noAddress = 'The person has no mail address: it can be read in Pentarch alone.'

async function send(
  mail: ClaimedMail,
  transport: MailTransport | null,
  reviews: Policy['reviews'],
  { database, settings, clock }: Sending,
): Promise<'done' | 'down'> {
  const { id, attempts, createdAt } = mail
  const digest = await digestOf(database, mail.personId, reviews, clock())
  if (!digest || !saysAnything(digest)) {
    await cancelMail(database, id)
    return 'done'
  }
  const content = await contentOf(digest, settings.origin)
  const { name, address } = digest.person
  const complete = (state: 'sent' | 'kept', error: string | null) =>
    database.transaction(async (db) => {
      await completeMail(db, id, { ...content, state, address, error, at: clock() })
      await noteTold(db, digest, clock())
    })
  if (!transport || address === null) {
    await complete('kept', address === null ? noAddress : null)
    return 'done'
  }
  const messageId = `<${id}@${new URL(settings.origin).hostname}>`
  const handed = await transport.send({ messageId, to: { name, address }, ...content })
  if (handed.result === 'sent') {
    await complete('sent', null)
    return 'done'
  }
  const isOver = handed.result === 'refused' || isGivenUp(createdAt, clock())
  const next = isOver ? null : nextAttemptAt(attempts, clock())
  await noteFailure(database, id, { ...content, address, error: handed.error, next })
  return handed.result === 'down' ? 'down' : 'done'
}
