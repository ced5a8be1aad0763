import { bytesToHex } from '@noble/hashes/utils.js'
import type { Json } from '@/lib/audit/model'
import { canonicalBytes } from '@/lib/transparency/canonical'
import { formatNote, type Signer, signText } from '@/lib/transparency/note'
import { fileNames, type Manifest, manifestStatement } from '../model'
import { nativeDigests } from '../native-digests'
import { memorySource } from '../source'
import { centralHeader, encodeHeader, endRecord, localHeader } from '../zip/headers'
import { readContainer } from '../zip/read'
import { signer } from './log'

/** A file of a bundle in memory. */
export interface TestFile {
  name: string
  content: Uint8Array
}

const text = new TextDecoder()

/** The files of a bundle. */
export async function filesIn(bytes: Uint8Array): Promise<TestFile[]> {
  const entries = await readContainer(memorySource(bytes))
  return entries.map(({ name, offset, size }) => ({ name, content: bytes.slice(offset, offset + size) }))
}

/** A container of these files, well-formed whatever they are. */
export function containerOf(files: readonly TestFile[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, content } of files) {
    const facts = { name, size: content.length, crc32: nativeDigests.crc32(content, 0) }
    const header = encodeHeader(localHeader(facts))
    directory.push(encodeHeader(centralHeader(facts, offset)))
    parts.push(header, content)
    offset += header.length + content.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  return Buffer.concat([...parts, ...directory, encodeHeader(endRecord(files.length, size, offset))])
}

/** A file of JSON. */
export const jsonIn = <Value>(files: readonly TestFile[], name: string): Value =>
  JSON.parse(text.decode(files.find((file) => file.name === name)?.content))

/** The lines of a file. */
export const linesIn = (files: readonly TestFile[], name: string): string[] =>
  text
    .decode(files.find((file) => file.name === name)?.content)
    .split('\n')
    .slice(0, -1)

/** The same files with another content of one. */
export function withFile(files: readonly TestFile[], name: string, content: string | Uint8Array | Json): TestFile[] {
  const bytes =
    content instanceof Uint8Array
      ? content
      : typeof content === 'string'
        ? Buffer.from(content)
        : canonicalBytes(content)
  return files.map((file) => (file.name === name ? { name, content: bytes } : file))
}

export const withLines = (files: readonly TestFile[], name: string, lines: readonly string[]): TestFile[] =>
  withFile(files, name, lines.map((line) => `${line}\n`).join(''))

/**
 * What somebody who holds the key of the log could make of these files: the manifest lists them as they are, and is
 * signed anew. Only what the checkpoint binds can still refuse it.
 */
export function signedAnew(
  files: readonly TestFile[],
  change: (manifest: Manifest) => Manifest = (manifest) => manifest,
  by: Signer = signer,
): Uint8Array {
  const listed = files.filter(({ name }) => name !== fileNames.manifest && name !== fileNames.signature)
  const manifest = change({
    ...jsonIn<Manifest>(files, fileNames.manifest),
    files: listed.map(({ name, content }) => ({
      name,
      bytes: content.length,
      sha256: bytesToHex(nativeDigests.sha256(content)),
    })),
  })
  const content = canonicalBytes(manifest)
  const statement = manifestStatement(bytesToHex(nativeDigests.sha256(content)))
  const note = formatNote({ text: statement, signatures: [signText(statement, by)] })
  return containerOf([
    { name: fileNames.manifest, content },
    { name: fileNames.signature, content: Buffer.from(note) },
    ...listed,
  ])
}
