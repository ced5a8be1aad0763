import 'server-only'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { v7 } from 'uuid'
import { actorOfAccount } from '@/lib/access/store'
import type { Database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { OutboundError } from '@/lib/outbound/errors'
import { outboundSettingsOf } from '@/lib/outbound/store'
import { open, UnsealError } from '@/lib/secrets/seal'
import { refusalOf } from '@/lib/use-cases/database-errors'
import { DomainError } from '@/lib/use-cases/errors'
import { databaseFor } from '@/lib/use-cases/sight'
import { contentOf, formatFor } from '../file'
import { openExport } from '../source'
import { putInBucket } from './destinations/bucket'
import { exportsFolder, putInFolder } from './destinations/folder'
import type { MadeFile } from './destinations/made'
import { destinationSchema, type ScheduledView, scheduledViewSchema } from './model'
import {
  failScheduledRun,
  finishScheduledRun,
  type Outcome,
  type StoredSchedule,
  type StoredScheduleRun,
} from './store'

export interface Performing {
  database: Database
  requestId: string
  clock: () => Date
}

type Run = StoredScheduleRun & { schedule: StoredSchedule }

/** Makes the file of a run that was taken and takes it to where it goes, or notes why it could not. */
export async function performRun(run: Run, performing: Performing): Promise<void> {
  const { database, clock } = performing
  const folder = await mkdtemp(path.join(tmpdir(), 'pentarch-export-'))
  try {
    const outcome = await makeAndSend(run, folder, performing)
    await finishScheduledRun(database, run.id, outcome, clock())
  } catch (error) {
    const { problem, again } = failureOf(error, run)
    await failScheduledRun(database, run, problem, again, clock())
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What is refused will be refused again; what is away may come back. */
function failureOf(error: unknown, { schedule }: Run): { problem: string; again: boolean } {
  if (error instanceof OutboundError) return { problem: error.message, again: true }
  if (error instanceof UnsealError) return { problem: error.message, again: false }
  const refusal = refusalOf(error)
  if (refusal instanceof DomainError) return { problem: refusal.message, again: false }
  log.error({ err: error, schedule: schedule.slug }, 'A scheduled export failed')
  return { problem: 'It could not be written. The log of the server says why.', again: true }
}

async function makeAndSend(run: Run, folder: string, performing: Performing): Promise<Outcome> {
  const { schedule } = run
  const view = scheduledViewSchema.parse(schedule.view)
  const { rows, file } = await makeFile(run, view, folder, performing)
  const destination = destinationSchema.parse(schedule.destination)
  if (destination.kind === 'folder') {
    const place = await putInFolder(destination, file, exportsFolder())
    return { rows, bytes: file.bytes, sha256: file.sha256, place }
  }
  if (schedule.secretSealed === null) throw new DomainError('refused', 'It has no secret access key.')
  const { allowedNetworks } = await outboundSettingsOf(performing.database)
  const access = { secretAccessKey: open(schedule.secretSealed, schedule.id), allowedNetworks }
  return { rows, bytes: file.bytes, sha256: file.sha256, place: await putInBucket(destination, file, access) }
}

async function makeFile(
  { dueAt, schedule }: Run,
  view: ScheduledView,
  folder: string,
  { database, requestId, clock }: Performing,
): Promise<{ rows: number; file: MadeFile }> {
  const actor = await actorOfAccount(database, schedule.accountId)
  if (!actor) throw new DomainError('forbidden', 'The account that set it up is not active any more.')
  const format = formatFor(view)
  const at = clock()
  const opened = await openExport(
    { database: await databaseFor(database, actor), actor, now: at, newId: v7, requestId },
    view,
    format,
  )
  const digest = createHash('sha256')
  const written = { rows: 0, bytes: 0 }
  const file = path.join(folder, 'export')
  try {
    const onRows = (count: number) => {
      written.rows += count
    }
    const content = contentOf(opened, { view, format, at, isPast: false, by: actor.name, onRows })
    await pipeline(
      async function* () {
        for await (const part of format.write(content)) {
          const bytes = typeof part === 'string' ? Buffer.from(part) : part
          digest.update(bytes)
          written.bytes += bytes.byteLength
          yield bytes
        }
      },
      createWriteStream(file, { mode: 0o600 }),
    )
  } finally {
    await opened.end()
  }
  const stamp = dueAt.toISOString().slice(0, 19).replace(/[-:]/g, '')
  const name = `${schedule.slug}-${stamp}Z.${format.extension}`
  const { rows, bytes } = written
  return { rows, file: { path: file, name, mediaType: format.mediaType, bytes, sha256: digest.digest('hex') } }
}
