import { createReadStream } from 'node:fs'
import { centralHeader, encodeHeader, endRecord, localHeader, sizeOf } from '../zip/headers'
import { containerLimits } from '../zip/read'
import type { SpooledFile } from './spool'

/** Size of the file that `zipOf` gives. */
export function zipSize(files: readonly SpooledFile[]): number {
  const entries = files.map((file) => sizeOf(localHeader(file)) + file.size + sizeOf(centralHeader(file, 0)))
  return entries.reduce((sum, bytes) => sum + bytes, 0) + sizeOf(endRecord(0, 0, 0))
}

/** Whether the files fit a bundle. */
export const fitsZip = (files: readonly SpooledFile[]): boolean => zipSize(files) <= containerLimits.bytesMax

/** The bytes of the bundle, piece by piece: the same files in the same order give the same bytes. */
export async function* zipOf(files: readonly SpooledFile[]): AsyncGenerator<Uint8Array> {
  const directory: Uint8Array[] = []
  let offset = 0
  for (const file of files) {
    const header = encodeHeader(localHeader(file))
    directory.push(encodeHeader(centralHeader(file, offset)))
    yield header
    yield* createReadStream(file.path) as AsyncIterable<Buffer>
    offset += header.length + file.size
  }
  yield* directory
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0)
  yield encodeHeader(endRecord(files.length, directoryBytes, offset))
}
