import type { FileHandle } from 'node:fs/promises'
import type { Source } from './source'

/** A source over an open file. */
export async function fileSource(file: FileHandle): Promise<Source> {
  const { size } = await file.stat()
  return {
    size,
    async read(offset, length) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    },
  }
}
