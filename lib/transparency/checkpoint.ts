import { fromBase64, toBase64 } from './bytes'
import { cosignatureTimestamp } from './cosignature'
import { hashBytes, type TreeHead } from './merkle'
import { isBy, type Note, parseNote, signersOf } from './note'
import { NoteError, type VerifierKey } from './verifier-key'

/** What a log signs of its tree (C2SP tlog-checkpoint). */
export interface Checkpoint extends TreeHead {
  /** Which log it is of. */
  origin: string
  /** Further lines. This project writes none; they are kept when there are any. */
  extensions: string[]
}

/** The text that is signed: origin, size, root, each on its line. */
export const formatCheckpoint = ({ origin, size, root, extensions }: Checkpoint): string =>
  `${[origin, String(size), toBase64(root), ...extensions].join('\n')}\n`

/** Reads the text of a note as a checkpoint. @throws NoteError that says which line is wrong. */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith('\n')) throw new NoteError('The checkpoint does not end in a line break')
  const [origin, sizeLine, rootLine, ...extensions] = text.slice(0, -1).split('\n')
  if (!origin) throw new NoteError('Line 1 of the checkpoint, the origin, is empty')
  const size = Number(sizeLine)
  if (sizeLine === undefined || !/^(0|[1-9][0-9]*)$/.test(sizeLine) || !Number.isSafeInteger(size))
    throw new NoteError('Line 2 of the checkpoint is not a size')
  const root = fromBase64(rootLine ?? '')
  if (root?.length !== hashBytes) throw new NoteError('Line 3 of the checkpoint is not a root hash')
  if (extensions.includes('')) throw new NoteError('The checkpoint contains an empty line')
  return { origin, size, root, extensions }
}

/** A checkpoint whose signatures hold. */
export interface OpenedCheckpoint {
  checkpoint: Checkpoint
  note: Note
  /** Keys of the log that signed it; at least one. */
  signedBy: VerifierKey[]
  /** Witnesses that cosigned it, and when, in seconds since 1970. */
  witnessedBy: { key: VerifierKey; timestampSeconds: number }[]
}

/**
 * Opens a signed checkpoint with keys that are trusted already. Their names are not compared with the origin: which keys
 * speak for a log is for whoever hands them in.
 * @throws NoteError when its form is wrong, no key of the log signed it, or a signature of a given key is wrong
 */
export function openCheckpoint(
  message: string,
  logKeys: readonly VerifierKey[],
  witnessKeys: readonly VerifierKey[] = [],
): OpenedCheckpoint {
  const note = parseNote(message)
  const signedBy = signersOf(note, logKeys)
  if (signedBy.length === 0) throw new NoteError('No known key of the log signed the checkpoint')
  const witnessedBy = signersOf(note, witnessKeys).map((key) => ({ key, timestampSeconds: newestTime(note, key) }))
  return { checkpoint: parseCheckpoint(note.text), note, signedBy, witnessedBy }
}

function newestTime({ signatures }: Note, key: VerifierKey): number {
  const own = signatures.filter((signature) => isBy(signature, key))
  return Math.max(...own.map(({ body }) => cosignatureTimestamp(body) ?? 0))
}
