import 'server-only'
import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { actorOfAccount } from '@/lib/access/store'
import type { Database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { refusalOf } from '@/lib/use-cases/database-errors'
import { DomainError } from '@/lib/use-cases/errors'
import { databaseFor } from '@/lib/use-cases/sight'
import { contentOf, formatFor } from '../file'
import { openExport } from '../source'
import { failRun, finishRun, keepChunk, type StoredRun } from './store'

/** One part of a file as it is kept, and how large a file may become. */
const chunkBytes = 1024 * 1024
const fileBytesMax = 512 * 1024 * 1024
const keptHours = 24

interface Writing {
  database: Database
  requestId: string
  clock: () => Date
}

/** Writes an export that was taken, to its end or to the reason why it has none. Never throws for what the export is. */
export async function writeRun(run: StoredRun, writing: Writing): Promise<void> {
  const { database, clock } = writing
  try {
    await write(run, writing)
  } catch (error) {
    const refusal = refusalOf(error)
    if (!(refusal instanceof DomainError)) log.error({ err: error, exportRun: run.id }, 'An export failed')
    await failRun(database, run.id, problemOf(refusal), clock())
  }
}

/** PostgreSQL's word for a disk that is full. */
const diskFull = '53100'

function problemOf(error: unknown): string {
  if (error instanceof DomainError) return error.message
  if (error instanceof Error && 'code' in error && error.code === diskFull)
    return 'The database has no room left for the file. Tell whoever runs it.'
  return 'It could not be written. The log of the server says why.'
}

async function write(run: StoredRun, { database, requestId, clock }: Writing): Promise<void> {
  const actor = await actorOfAccount(database, run.accountId)
  if (!actor) throw new DomainError('forbidden', 'The account that asked for it is not active any more.')
  const { kind, filter, raw, asOf } = run
  const format = formatFor(run)
  const at = asOf ?? clock()
  const wanted = { kind, filter, sort: run.sort ?? undefined, columns: run.columns ?? undefined }
  const asking = {
    database: await databaseFor(database, actor),
    actor,
    now: at,
    asOf: asOf ?? undefined,
    newId: v7,
    requestId,
  }
  const opened = await openExport(asking, wanted, format)
  try {
    const progress = { rows: 0, bytes: 0 }
    const content = contentOf(opened, {
      view: { kind, filter, raw },
      format,
      at,
      isPast: asOf !== null,
      by: run.requestedBy,
      onRows: (count) => {
        progress.rows += count
      },
    })
    const digest = createHash('sha256')
    let position = 0
    for await (const chunk of chunked(format.write(content))) {
      digest.update(chunk)
      progress.bytes += chunk.byteLength
      if (progress.bytes > fileBytesMax) {
        throw new DomainError('too_large', `The file is larger than ${fileBytesMax / 1024 / 1024} MB. Narrow it.`)
      }
      if (!(await keepChunk(database, run.id, { position, bytes: chunk, progress, now: clock() }))) return
      position += 1
    }
    const now = clock()
    const expiresAt = new Date(now.getTime() + keptHours * 3_600_000)
    await finishRun(database, run.id, { progress, sha256: digest.digest('hex'), now, expiresAt })
  } finally {
    await opened.end()
  }
}

/** Parts gathered to chunks of about the size that is kept. */
async function* chunked(parts: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let bytes = 0
  for await (const part of parts) {
    const chunk = typeof part === 'string' ? Buffer.from(part) : part
    held.push(chunk)
    bytes += chunk.byteLength
    if (bytes < chunkBytes) continue
    yield Buffer.concat(held)
    held = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(held)
}
