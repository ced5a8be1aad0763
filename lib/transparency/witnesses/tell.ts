import 'server-only'
import { z } from 'zod'
import type { Database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { mailTo } from '@/lib/mail/plain'
import { nextAttemptAt } from '@/lib/mail/retry'
import { openOutbound } from '@/lib/outbound/client'
import { outboundSettingsOf } from '@/lib/outbound/store'
import { open } from '@/lib/secrets/seal'
import { type KeptCheckpoint, newestCheckpoint } from '../checkpoint-store'
import { keepInRepository, type RepositoryCredential } from './repository'
import { findWitnesses, noteNotTold, noteTold, type Witness } from './store'

const webhookMs = 15_000
const repositoryMs = 60_000

/**
 * Tells each witness of the newest checkpoint that has not had it, by webhook, mail or a commit. One that cannot be told
 * is tried again, later each time; the others do not wait for it.
 */
export async function tellWitnesses(database: Database, now: Date): Promise<void> {
  const newest = await newestCheckpoint(database)
  if (!newest) return
  for (const witness of await findWitnesses(database)) {
    const { webhook, email, repository } = witness
    const isDue = witness.nextAttemptAt === null || witness.nextAttemptAt <= now
    if (witness.toldSize >= newest.size || !isDue || !(webhook || email || repository)) continue
    try {
      await tell(database, witness, newest, now)
      await noteTold(database, witness.id, newest.size)
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'unknown'
      log.warn({ err: error, witness: witness.name }, 'A witness could not be told of a checkpoint')
      await noteNotTold(database, witness.id, problem.slice(0, 500), nextAttemptAt(witness.attempts + 1, now))
    }
  }
}

async function tell(database: Database, witness: Witness, checkpoint: KeptCheckpoint, now: Date): Promise<void> {
  const { allowedNetworks } = await outboundSettingsOf(database)
  if (witness.webhook) await post(witness.webhook, checkpoint, allowedNetworks)
  if (witness.repository && witness.branch) {
    const repository = { url: witness.repository, branch: witness.branch, credential: credentialOf(witness) }
    const signal = AbortSignal.timeout(repositoryMs)
    await keepInRepository(database, repository, checkpoint, { now, allowedNetworks, signal })
  }
  // Last: what is tried again because another way failed must not be mailed again.
  if (witness.email)
    await mailTo(
      { name: witness.name, address: witness.email },
      `Checkpoint of ${checkpoint.size} audit events`,
      checkpointMail(checkpoint.note),
      `checkpoint-${checkpoint.size}`,
    )
}

async function post(webhook: string, { note }: KeptCheckpoint, allowedNetworks: readonly string[]): Promise<void> {
  const outbound = await openOutbound(webhook, { allowedNetworks })
  try {
    const headers = { 'content-type': 'text/plain; charset=utf-8' }
    await outbound.send({ method: 'POST', url: webhook, headers, body: note, signal: AbortSignal.timeout(webhookMs) })
  } finally {
    await outbound.close()
  }
}

const credentialSchema = z.object({ user: z.string(), token: z.string() })

/** @throws UnsealError when it cannot be opened any more. */
function credentialOf({ id, credentialSealed }: Witness): RepositoryCredential | null {
  return credentialSealed === null ? null : credentialSchema.parse(JSON.parse(open(credentialSealed, id)))
}

const checkpointMail = (note: string): string =>
  `This is a checkpoint of a transparency log, to be kept. Should the log ever show another tree of this size, its history was rewritten.\n\n${note}`
