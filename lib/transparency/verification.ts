import 'server-only'
import { log } from '@/lib/http/log'
import { mailTo } from '@/lib/mail/plain'
import { appendPending } from './append'
import type { LogRun } from './make-checkpoint'
import { verifyLog } from './verify-log'
import { findAlarmed, insertVerification, type KeptVerification } from './verify-store'

/** Verifies the log against the audit tables, keeps the result, and raises the alarm when they disagree. */
export async function runVerification({ database, now, newId }: LogRun, ended: () => Date): Promise<KeptVerification> {
  // What waits is logged first, as far as the tables allow it: it would be checked only the next time otherwise.
  await appendPending(database, 'wait')
  const verified = await verifyLog(database)
  const kept = { id: newId(), startedAt: now, endedAt: ended(), ...verified }
  await insertVerification(database, kept)
  if (kept.findings > 0) await raiseAlarm({ database }, kept)
  return kept
}

async function raiseAlarm({ database }: Pick<LogRun, 'database'>, kept: KeptVerification): Promise<void> {
  log.fatal({ findings: kept.findings, first: kept.details[0] }, 'The audit log is not what was logged')
  const text = [
    `The verification of ${kept.endedAt.toISOString()} found ${kept.findings} places where the audit log is not what was logged:`,
    ...kept.details.slice(0, 10).map(({ where, what }) => `- ${where}: ${what}`),
    'Keep the database as it is, take the checkpoints that witnesses hold, and find out who had access to it.',
  ].join('\n')
  for (const { name, email } of await findAlarmed(database)) {
    await mailTo({ name, address: email }, 'The audit log was tampered with', text, `verification-${kept.id}`).catch(
      (error: unknown) => log.error({ err: error, email }, 'The alarm could not be mailed'),
    )
  }
}
