import 'server-only'
import type { Database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { mailTo } from '@/lib/mail/plain'
import { nextAttemptAt } from '@/lib/mail/retry'
import { openOutbound } from '@/lib/outbound/client'
import { outboundSettingsOf } from '@/lib/outbound/store'
import { type KeptCheckpoint, newestCheckpoint } from './checkpoint-store'
import { findWitnesses, noteNotTold, noteTold, type Witness } from './witness-store'

const pushMs = 15_000

/**
 * Tells each witness of the newest checkpoint that has not had it, by webhook or mail. One that cannot be told is tried
 * again, later each time; the others do not wait for it.
 */
export async function tellWitnesses(database: Database, now: Date): Promise<void> {
  const newest = await newestCheckpoint(database)
  if (!newest) return
  for (const witness of await findWitnesses(database)) {
    const isDue = witness.nextAttemptAt === null || witness.nextAttemptAt <= now
    if (witness.toldSize >= newest.size || !isDue || (!witness.webhook && !witness.email)) continue
    try {
      await tell(database, witness, newest)
      await noteTold(database, witness.id, newest.size)
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'unknown'
      log.warn({ err: error, witness: witness.name }, 'A witness could not be told of a checkpoint')
      await noteNotTold(database, witness.id, problem.slice(0, 500), nextAttemptAt(witness.attempts + 1, now))
    }
  }
}

async function tell(
  database: Database,
  { name, webhook, email }: Witness,
  { size, note }: KeptCheckpoint,
): Promise<void> {
  if (webhook) {
    const { allowedNetworks } = await outboundSettingsOf(database)
    const outbound = await openOutbound(webhook, { allowedNetworks })
    try {
      const headers = { 'content-type': 'text/plain; charset=utf-8' }
      await outbound.send({ method: 'POST', url: webhook, headers, body: note, signal: AbortSignal.timeout(pushMs) })
    } finally {
      await outbound.close()
    }
  }
  if (email)
    await mailTo(
      { name, address: email },
      `Checkpoint of ${size} audit events`,
      checkpointMail(note),
      `checkpoint-${size}`,
    )
}

const checkpointMail = (note: string): string =>
  `This is a checkpoint of a transparency log, to be kept. Should the log ever show another tree of this size, its history was rewritten.\n\n${note}`
