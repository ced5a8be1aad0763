import 'server-only'
import { bytesToHex } from '@noble/hashes/utils.js'
import { z } from 'zod'
import type { Reader } from '@/lib/db/reading'
import { findKeys, type KeptCheckpoint, newestCheckpoint } from './checkpoint-store'
import { findLeavesAt, isPending, logSize } from './log-store'
import type { CheckpointView, LogView, VerificationView, WitnessView } from './model'
import { parseVerifierKey } from './verifier-key'
import { type KeptVerification, newestVerification } from './verify-store'
import { type Cosignature, findCosignatures, findWitnesses, type Witness } from './witnesses/store'

const stateEventSchema = z.object({
  after: z.object({
    asOf: z.string(),
    datasets: z.record(z.string(), z.object({ rows: z.number(), root: z.string() })),
  }),
})

/** Checkpoints as they are shown: their notes with what witnesses added, and the states that they cover. */
export async function viewCheckpoints(db: Reader, kept: readonly KeptCheckpoint[]): Promise<CheckpointView[]> {
  const cosignatures = await findCosignatures(
    db,
    kept.map(({ size }) => size),
  )
  const leaves = await findLeavesAt(
    db,
    kept.flatMap(({ stateIndex }) => stateIndex ?? []),
  )
  const states = new Map(
    leaves.map(({ index, body }) => [index, stateEventSchema.safeParse(JSON.parse(body)).data?.after]),
  )
  return kept.map((checkpoint) => {
    const own = cosignatures.filter(({ size }) => size === checkpoint.size)
    const { stateIndex: index } = checkpoint
    const state = index === null ? undefined : states.get(index)
    return {
      size: checkpoint.size,
      root: bytesToHex(new Uint8Array(checkpoint.root)),
      at: checkpoint.createdAt.toISOString(),
      note: cosignedNote(checkpoint, own),
      cosignatures: own.map(({ witness, signedAt, receivedAt }) => ({
        witness,
        signedAt: signedAt.toISOString(),
        receivedAt: receivedAt.toISOString(),
      })),
      state: index === null || !state ? null : { index, ...state },
    }
  })
}

const cosignedNote = ({ note }: KeptCheckpoint, cosignatures: readonly Cosignature[]): string =>
  note + cosignatures.map(({ line }) => line).join('')

/** The newest checkpoint as it is published, null before the first. */
export async function publishedCheckpoint(db: Reader): Promise<string | null> {
  const newest = await newestCheckpoint(db)
  return newest && cosignedNote(newest, await findCosignatures(db, [newest.size]))
}

export const viewWitness = ({
  createdAt,
  id,
  name,
  verifierKey,
  webhook,
  email,
  repository,
  branch,
  toldSize,
  problem,
}: Witness): WitnessView => ({
  id,
  name,
  verifierKey,
  webhook,
  email,
  repository,
  branch,
  since: createdAt.toISOString(),
  toldSize,
  problem,
})

const viewVerification = ({ startedAt, endedAt, size, findings, details }: KeptVerification): VerificationView => ({
  startedAt: startedAt.toISOString(),
  endedAt: endedAt.toISOString(),
  size,
  findings,
  details,
})

/** Keys that sign or signed the log, the newest first. */
export async function viewKeys(db: Reader): Promise<LogView['keys']> {
  return (await findKeys(db)).map(({ verifierKey, createdAt }) => ({
    verifierKey,
    keyId: parseVerifierKey(verifierKey).keyId,
    since: createdAt.toISOString(),
  }))
}

/** Everything that the page of the log shows at once. */
export async function viewLog(db: Reader): Promise<LogView> {
  const newest = await newestCheckpoint(db)
  const [shown] = await viewCheckpoints(db, newest ? [newest] : [])
  const keys = await viewKeys(db)
  const verification = await newestVerification(db)
  return {
    origin: keys[0] ? parseVerifierKey(keys[0].verifierKey).name : null,
    size: await logSize(db),
    pending: await isPending(db),
    newest: shown ?? null,
    keys,
    witnesses: (await findWitnesses(db)).map(viewWitness),
    verification: verification && viewVerification(verification),
  }
}
