import 'server-only'
import type { Db } from '@/lib/db/client'
import { findKeys, insertKey, instanceId } from './checkpoint-store'
import { makeKeyFile, type PrivateKeys, readPrivateKeys } from './key-file'
import { waitForSequencer } from './log-store'
import { ed25519Signer, type Signer } from './note'
import { formatVerifierKey, parseVerifierKey } from './verifier-key'

/** Who signs for the log: the present key, and after a rotation the one before as well. */
export interface LogSigners {
  origin: string
  current: Signer
  previous: Signer | null
  from: PrivateKeys['from']
}

/** A key that took the place of another. */
export interface KeyChange {
  from: string
  to: string
}

const originOf = (instance: string) => `pentarch/${instance}`

/** The name under which this log signs. */
export const logOrigin = async (db: Db, now: Date, newId: () => string): Promise<string> =>
  originOf(await instanceId(db, now, newId))

function signersOf(origin: string, { current, previous, from }: PrivateKeys): LogSigners {
  return {
    origin,
    current: ed25519Signer(origin, current),
    previous: previous && ed25519Signer(origin, previous),
    from,
  }
}

/**
 * The signers of this instance, which makes its key at the first start. Where the environment names a new key beside the
 * one that signed until now, the new one takes its place; the caller records that.
 * @throws Error that says what to set when this instance has another key than the log was signed with
 */
export async function openSigners(
  db: Db,
  { now, newId, env = process.env }: { now: Date; newId: () => string; env?: NodeJS.ProcessEnv },
): Promise<{ signers: LogSigners; changed: KeyChange | null }> {
  // Two that start at once: the second waits, and finds the key of the first.
  await waitForSequencer(db)
  const origin = await logOrigin(db, now, newId)
  const [newest] = await findKeys(db)
  const found = await readPrivateKeys(env)
  if (!found && newest) throw new Error(otherKey(newest.verifierKey, null))
  const signers = signersOf(origin, found ?? (await makeKeyFile(env, null)))
  const present = formatVerifierKey(signers.current.key)
  if (newest?.verifierKey === present) return { signers, changed: null }
  if (newest && (!signers.previous || formatVerifierKey(signers.previous.key) !== newest.verifierKey))
    throw new Error(otherKey(newest.verifierKey, present))
  await insertKey(db, present, now)
  return { signers, changed: newest ? { from: newest.verifierKey, to: present } : null }
}

/** Makes a new key of an instance that keeps it in a file. The present one goes on signing beside it. */
export async function rotateKeyFile(
  db: Db,
  signers: LogSigners,
  now: Date,
  env: NodeJS.ProcessEnv = process.env,
): Promise<KeyChange> {
  const keys = await readPrivateKeys(env)
  const next = signersOf(signers.origin, await makeKeyFile(env, keys?.current ?? null))
  const change = { from: formatVerifierKey(signers.current.key), to: formatVerifierKey(next.current.key) }
  await insertKey(db, change.to, now)
  return change
}

function otherKey(signed: string, present: string | null): string {
  const id = parseVerifierKey(signed).keyId
  const has = present === null ? 'no key' : `key ${parseVerifierKey(present).keyId}`
  return (
    `The log was signed with key ${id}, and this instance has ${has}. Give every instance the same PENTARCH_LOG_KEY; ` +
    `to take a new key, give the one before as PENTARCH_LOG_KEY_PREVIOUS as well.`
  )
}
