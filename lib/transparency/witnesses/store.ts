import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'

/** Somebody else who keeps checkpoints of this log, and how they are told of new ones. */
export interface Witness {
  id: string
  name: string
  /** What it cosigns with; null when it only keeps checkpoints. */
  verifierKey: string | null
  webhook: string | null
  email: string | null
  /** The git repository that each checkpoint is pushed to, and the branch. */
  repository: string | null
  branch: string | null
  /** User name and token of the repository, sealed for this witness. */
  credentialSealed: string | null
  createdAt: Date
  toldSize: number
  attempts: number
  nextAttemptAt: Date | null
  problem: string | null
}

export const witnessesMax = 50

/** Witnesses that are not removed, by name. */
export async function findWitnesses(db: Reader): Promise<Witness[]> {
  return await db.query<Witness>(sql`
    SELECT id::text, name, verifier_key AS "verifierKey", webhook, email, repository, branch,
      credential_sealed AS "credentialSealed", created_at AS "createdAt", told_size::float8 AS "toldSize",
      attempts, next_attempt_at AS "nextAttemptAt", problem
    FROM log_witness WHERE removed_at IS NULL ORDER BY name, id LIMIT ${witnessesMax}`)
}

type NewWitness = Omit<Witness, 'toldSize' | 'attempts' | 'nextAttemptAt' | 'problem'>

export async function insertWitness(db: Reader, witness: NewWitness): Promise<void> {
  const { id, name, verifierKey, webhook, email, repository, branch, credentialSealed, createdAt } = witness
  await db.execute(sql`
    INSERT INTO log_witness (id, name, verifier_key, webhook, email, repository, branch, credential_sealed, created_at)
    VALUES (${id}::uuid, ${name}, ${verifierKey}, ${webhook}, ${email}, ${repository}, ${branch}, ${credentialSealed},
      ${createdAt.toISOString()}::timestamptz)`)
}

/** Ends a witness and forgets what lets Pentarch in there; what it has cosigned stays. False when there is none. */
export async function removeWitness(db: Reader, id: string, now: Date): Promise<boolean> {
  const removed = await db.execute(
    sql`UPDATE log_witness SET removed_at = ${now.toISOString()}::timestamptz, credential_sealed = NULL WHERE id = ${id}::uuid AND removed_at IS NULL`,
  )
  return removed === 1
}

/** Notes that a witness has been told of the checkpoint of this size. */
export async function noteTold(db: Reader, id: string, size: number): Promise<void> {
  await db.execute(sql`UPDATE log_witness SET told_size = ${size}::bigint, attempts = 0, next_attempt_at = NULL, problem = NULL
    WHERE id = ${id}::uuid`)
}

/** Notes that telling it failed, and when to try again. */
export async function noteNotTold(db: Reader, id: string, problem: string, next: Date): Promise<void> {
  await db.execute(sql`UPDATE log_witness SET attempts = attempts + 1, next_attempt_at = ${next.toISOString()}::timestamptz,
    problem = ${problem} WHERE id = ${id}::uuid`)
}

export interface Cosignature {
  size: number
  witnessId: string
  witness: string
  line: string
  signedAt: Date
  receivedAt: Date
}

/** Keeps a cosignature; false when this witness has cosigned the checkpoint already. */
export async function insertCosignature(db: Reader, cosignature: Omit<Cosignature, 'witness'>): Promise<boolean> {
  const { size, witnessId, line, signedAt, receivedAt } = cosignature
  const kept = await db.execute(sql`
    INSERT INTO log_cosignature (size, witness_id, line, signed_at, received_at)
    VALUES (${size}::bigint, ${witnessId}::uuid, ${line}, ${signedAt.toISOString()}::timestamptz, ${receivedAt.toISOString()}::timestamptz)
    ON CONFLICT DO NOTHING`)
  return kept === 1
}

/** Cosignatures of the checkpoints of these sizes. */
export async function findCosignatures(db: Reader, sizes: readonly number[]): Promise<Cosignature[]> {
  return await db.query<Cosignature>(sql`
    SELECT c.size::float8, c.witness_id::text AS "witnessId", w.name AS witness, c.line, c.signed_at AS "signedAt",
      c.received_at AS "receivedAt"
    FROM log_cosignature c JOIN log_witness w ON w.id = c.witness_id
    WHERE c.size = ANY(${[...sizes]}::bigint[]) ORDER BY c.size DESC, c.received_at`)
}
