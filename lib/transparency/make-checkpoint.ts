import 'server-only'
import { systemActor } from '@/lib/access/model'
import type { Database } from '@/lib/db/client'
import { lockEstate } from '@/lib/estate/settle'
import { runUseCase } from '@/lib/use-cases/run'
import { appendPending } from './append'
import { sameBytes } from './bytes'
import { formatCheckpoint } from './checkpoint'
import {
  changedSince,
  estateInstant,
  insertCheckpoint,
  type KeptCheckpoint,
  newestCheckpoint,
  newestLeafOf,
} from './checkpoint-store'
import { logSize, waitForSequencer } from './log-store'
import { formatNote, signText } from './note'
import { openSigners } from './signing'
import { stateRoots } from './state'
import { recordKeyChange, recordState } from './system-commands'
import { rootAt } from './tree-store'

/** What the log works with when nobody asks: time, ids, and where its key is. */
export interface LogRun {
  database: Database
  now: Date
  newId: () => string
  requestId: string
  env?: NodeJS.ProcessEnv
}

const asLog = ({ database, now, newId, requestId }: LogRun) => ({
  database,
  actor: systemActor('log'),
  now,
  newId,
  requestId,
})

/**
 * Logs everything up to now, records the state of the register when it changed since the last record, and signs the tree.
 * Returns the newest checkpoint, which is the one before when nothing has been logged since.
 * @throws Error when this instance has no right key, or the tree does not extend the one that was signed before
 */
export async function makeCheckpoint(run: LogRun): Promise<KeptCheckpoint> {
  await recordNewKey(run)
  await appendPending(run.database, 'wait')
  await recordChangedState(run)
  return await run.database.transaction(async (db) => {
    const { signers } = await openSigners(db, run)
    await waitForSequencer(db)
    const size = await logSize(db)
    const before = await newestCheckpoint(db)
    if (before?.size === size) return before
    if (before && !(before.size < size && sameBytes(await rootAt(db, before.size), new Uint8Array(before.root))))
      throw new Error(
        `The log does not extend the checkpoint of ${before.size} leaves any more; none is signed over it`,
      )
    const root = await rootAt(db, size)
    const text = formatCheckpoint({ origin: signers.origin, size, root, extensions: [] })
    const by = signers.previous ? [signers.current, signers.previous] : [signers.current]
    const note = formatNote({ text, signatures: by.map((signer) => signText(text, signer)) })
    const made = { size, root, note, createdAt: run.now, stateIndex: await newestLeafOf(db, 'log.state', size) }
    await insertCheckpoint(db, made)
    return made
  })
}

/** A key that the operator changed in the environment is an event that names both. */
async function recordNewKey(run: LogRun): Promise<void> {
  const { changed } = await run.database.transaction((db) => openSigners(db, run))
  if (changed) await runUseCase(recordKeyChange, changed, asLog(run))
}

async function recordChangedState(run: LogRun): Promise<void> {
  const { database } = run
  const last = await newestLeafOf(database, 'log.state', await logSize(database))
  if (last !== null && !(await changedSince(database, last + 1))) return
  // Only for a moment: changes that come later count from a later instant (lib/history), whenever they began.
  const asOf = await database.transaction(async (db) => {
    await lockEstate({ ...asLog(run), db })
    return await estateInstant(db)
  })
  const datasets = await database.past(asOf, (db) => stateRoots(db, asOf))
  const now = new Date(Math.max(run.now.getTime(), asOf.getTime()))
  await runUseCase(recordState, { asOf: asOf.toISOString(), datasets }, { ...asLog(run), now })
  await appendPending(database, 'wait')
}
