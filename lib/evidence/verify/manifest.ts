import { bytesToHex } from '@noble/hashes/utils.js'
import { formatNote, type Note, parseNote, signersOf } from '@/lib/transparency/note'
import { NoteError, parseVerifierKey, type VerifierKey } from '@/lib/transparency/verifier-key'
import { fileNames, filesOf, type Manifest, manifestSchema, manifestStatement } from '../model'
import { chunksOf } from '../source'
import type { Entry } from '../zip/read'
import { textAt } from './lines'
import { bytesOf, documentOf, type OpenedBundle, wholeBytesMax } from './opened'
import { type Check, Refusal } from './refusal'

/** The manifest, compared with the entries that are there: none missing, none more, none out of order. */
export async function readManifest(bundle: OpenedBundle): Promise<Manifest> {
  const check = 'manifest'
  const there = [...bundle.entries.keys()]
  for (const [place, name] of [fileNames.manifest, fileNames.signature].entries())
    if (there[place] !== name)
      throw new Refusal(check, `Entry ${place + 1} of the bundle is another file.`, {
        file: name,
        expected: name,
        found: there[place] ?? 'nothing',
      })
  const where = { name: fileNames.manifest, check, bytesMax: wholeBytesMax.manifest } as const
  const manifest = await documentOf(bundle, where, manifestSchema)
  const listed = [fileNames.manifest, fileNames.signature, ...manifest.files.map(({ name }) => name)]
  compareNames(filesOf(manifest.request), listed, 'The manifest does not list the files that its request leads to.')
  compareNames(listed, there, 'The entries of the bundle are not those that the manifest lists.')
  return manifest
}

function compareNames(expected: readonly string[], found: readonly string[], what: string): void {
  const length = Math.max(expected.length, found.length)
  for (let place = 0; place < length; place += 1) {
    const [wanted, name] = [expected[place], found[place]]
    if (wanted === name) continue
    throw new Refusal('manifest', `${what} The first that differs is number ${place + 1}.`, {
      file: name ?? wanted ?? null,
      expected: wanted ?? 'no further file',
      found: name ?? 'no further file',
    })
  }
}

/** The key in the bundle, for whoever brings none. */
export async function keyInBundle(bundle: OpenedBundle): Promise<VerifierKey> {
  const check = 'manifest signature'
  const file = fileNames.key
  const text = textAt(await bytesOf(bundle, file, check, wholeBytesMax.note), { check, file, line: null })
  if (!text.endsWith('\n')) throw new Refusal(check, 'The key does not end in a line break.', { file })
  return refusing(check, file, () => parseVerifierKey(text.slice(0, -1)))
}

/** Checks that one of the keys signed the manifest. Answers the key. */
export async function verifyManifestSignature(
  bundle: OpenedBundle,
  manifest: Manifest,
  keys: readonly VerifierKey[],
): Promise<VerifierKey> {
  const check = 'manifest signature'
  const file = fileNames.signature
  const text = textAt(await bytesOf(bundle, file, check, wholeBytesMax.note), { check, file, line: null })
  const note = refusing(check, file, () => parseNote(text))
  const manifestBytes = await bytesOf(bundle, fileNames.manifest, check, wholeBytesMax.manifest)
  const statement = manifestStatement(bytesToHex(bundle.digests.sha256(manifestBytes)))
  if (note.text !== statement)
    throw new Refusal(check, 'The signature is over the digest of another manifest.', {
      file,
      expected: statement,
      found: note.text,
    })
  // A second line could be anything that nobody here can check, and so could be changed unnoticed.
  if (note.signatures.length !== 1 || formatNote(note) !== text)
    throw new Refusal(check, 'It has to carry exactly one signature.', { file, found: `${note.signatures.length}` })
  const [key] = refusing(check, file, () => signersOf(note, keys))
  if (!key) throw new Refusal(check, 'No trusted key signed the manifest.', { file, ...signersFound(note, keys) })
  if (key.name !== manifest.origin)
    throw new Refusal(check, 'The key is not of the log that the manifest names.', {
      file,
      expected: manifest.origin,
      found: key.name,
    })
  return key
}

/** Who had to sign a note, and who did. */
export const signersFound = ({ signatures }: Note, keys: readonly VerifierKey[]) => ({
  expected: keys.map(({ name, keyId }) => `${name}+${keyId}`).join(', '),
  found: signatures.map(({ name, keyId }) => `${name}+${keyId}`).join(', '),
})

/** Runs what reads a note; what is wrong with it becomes the refusal. */
export function refusing<T>(check: Check, file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof NoteError) throw new Refusal(check, `${error.message}.`, { file })
    throw error
  }
}

/** Reads every entry once: size and digest have to be the manifest's, the CRC-32 the container's. */
export async function verifyFiles(
  bundle: OpenedBundle,
  manifest: Manifest,
  onProgress: (bytes: number) => void,
): Promise<void> {
  const listed = new Map(manifest.files.map((file) => [file.name, file]))
  for (const entry of bundle.entries.values()) {
    const { sha256, crc32 } = await digestsOf(bundle, entry, onProgress)
    const file = listed.get(entry.name)
    if (file && file.bytes !== entry.size) differ(entry, 'length', `${file.bytes} bytes`, `${entry.size} bytes`)
    if (file && file.sha256 !== sha256) differ(entry, 'SHA-256', file.sha256, sha256)
    if (crc32 !== entry.crc32) differ(entry, 'CRC-32', entry.crc32.toString(16), crc32.toString(16))
  }
}

function differ({ name }: Entry, what: string, expected: string, found: string): never {
  throw new Refusal('files', `The ${what} of ${name} is not the listed one.`, { file: name, expected, found })
}

async function digestsOf({ source, digests }: OpenedBundle, entry: Entry, onProgress: (bytes: number) => void) {
  const running = digests.running()
  let crc32 = 0
  for await (const chunk of chunksOf(source, entry)) {
    running.update(chunk)
    crc32 = digests.crc32(chunk, crc32)
    onProgress(chunk.length)
  }
  return { sha256: bytesToHex(running.digest()), crc32 }
}
