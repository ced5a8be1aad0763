import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { sameBytes } from '@/lib/transparency/bytes'
import { type OpenedCheckpoint, openCheckpoint } from '@/lib/transparency/checkpoint'
import { type TreeHead, verifyConsistency } from '@/lib/transparency/merkle'
import type { VerifierKey } from '@/lib/transparency/verifier-key'
import { consistencySchema, fileNames, type Manifest } from '../model'
import { textAt } from './lines'
import { refusing } from './manifest'
import { bytesOf, documentOf, type OpenedBundle, wholeBytesMax } from './opened'
import { Refusal } from './refusal'

/** Whom and what the verifier trusts; nothing else. */
export interface Trust {
  /** Keys of the log; none to take the one in the bundle, which shows nothing about who made it. */
  keys: readonly VerifierKey[]
  /** Keys of witnesses whose cosignatures are to be checked. */
  witnesses: readonly VerifierKey[]
  /** A signed checkpoint that the auditor kept from earlier. */
  earlier: string | null
}

/** Checks the signatures of the checkpoint, and that it is the one the manifest names. */
export async function verifyCheckpoint(
  bundle: OpenedBundle,
  manifest: Manifest,
  key: VerifierKey,
  witnesses: readonly VerifierKey[],
): Promise<OpenedCheckpoint> {
  const check = 'checkpoint'
  const file = fileNames.checkpoint
  const text = textAt(await bytesOf(bundle, file, check, wholeBytesMax.note), { check, file, line: null })
  const opened = refusing(check, file, () => openCheckpoint(text, [key], witnesses))
  const { origin, size, root } = opened.checkpoint
  const differ = (what: string, expected: string | number, found: string | number): never => {
    throw new Refusal(check, `The ${what} of the checkpoint is not the manifest's.`, {
      file,
      expected: String(expected),
      found: String(found),
    })
  }
  if (origin !== manifest.origin) differ('origin', manifest.origin, origin)
  if (size !== manifest.checkpoint.size) differ('size', manifest.checkpoint.size, size)
  if (bytesToHex(root) !== manifest.checkpoint.root) differ('root', manifest.checkpoint.root, bytesToHex(root))
  return opened
}

/** How the bundle's checkpoint stands to an earlier one. */
export type History =
  | { kind: 'none' }
  /** Proved from the checkpoint that the auditor holds. */
  | { kind: 'held'; size: number }
  /** Proved from a head that only the bundle names. */
  | { kind: 'claimed'; size: number; root: string }

/** Checks that the log only grew since the earlier checkpoint: nothing before it was changed, removed or put in between. */
export async function verifyHistory(
  bundle: OpenedBundle,
  head: OpenedCheckpoint['checkpoint'],
  { earlier, keys, since }: { earlier: string | null; keys: readonly VerifierKey[]; since: number | null },
): Promise<History> {
  const check = 'history'
  const file = fileNames.consistency
  const held = earlier === null ? null : heldCheckpoint(earlier, head.origin, keys)
  const claimed = since === null ? null : await verifyClaimed(bundle, head, since)
  if (!held) {
    return claimed ? { kind: 'claimed', size: claimed.size, root: bytesToHex(claimed.root) } : { kind: 'none' }
  }
  if (held.size > head.size)
    throw new Refusal(check, 'The checkpoint that you hold is newer than the one of the bundle.', {
      expected: `a size of at most ${head.size}`,
      found: `${held.size}`,
    })
  const known = held.size === head.size ? head : claimed
  if (!known || known.size !== held.size)
    throw new Refusal(check, 'The bundle has no proof from the checkpoint that you hold; ask for one from its size.', {
      file,
      expected: `a proof from size ${held.size}`,
      found: claimed ? `one from size ${claimed.size}` : 'none',
    })
  if (!sameBytes(known.root, held.root))
    throw new Refusal(check, 'The log has another history than the one in the checkpoint that you hold.', {
      file,
      expected: `root ${bytesToHex(held.root)} at size ${held.size}`,
      found: `root ${bytesToHex(known.root)}`,
    })
  return { kind: 'held', size: held.size }
}

function heldCheckpoint(text: string, origin: string, keys: readonly VerifierKey[]): TreeHead {
  const { checkpoint } = refusing('history', 'the checkpoint that you hold', () => openCheckpoint(text, keys))
  if (checkpoint.origin !== origin)
    throw new Refusal('history', 'The checkpoint that you hold is of another log.', {
      expected: origin,
      found: checkpoint.origin,
    })
  return checkpoint
}

async function verifyClaimed(bundle: OpenedBundle, head: TreeHead, since: number): Promise<TreeHead> {
  const check = 'history'
  const name = fileNames.consistency
  const proof = await documentOf(bundle, { name, check, bytesMax: wholeBytesMax.note }, consistencySchema)
  if (proof.from.size !== since || proof.to !== head.size)
    throw new Refusal(check, 'The proof is between other sizes than the ones of request and checkpoint.', {
      file: name,
      expected: `from ${since} to ${head.size}`,
      found: `from ${proof.from.size} to ${proof.to}`,
    })
  const from = { size: proof.from.size, root: hexToBytes(proof.from.root) }
  if (!verifyConsistency(from, head, proof.hashes.map(hexToBytes)))
    throw new Refusal(check, `The proof does not lead from size ${from.size} to the checkpoint.`, { file: name })
  return from
}
