/** Bytes that can be read from anywhere: a file on disk, one that was dropped on a page, or memory. */
export interface Source {
  readonly size: number
  /** The bytes from `offset` on; fewer than `length` only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>
}

/** A source over bytes in memory. */
export const memorySource = (bytes: Uint8Array): Source => ({
  size: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
})

/** A part of a source. */
export interface Extent {
  offset: number
  size: number
}

const chunkBytes = 1024 * 1024

/** An extent, piece by piece. */
export async function* chunksOf(source: Source, { offset, size }: Extent): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < size; ) {
    const chunk = await source.read(offset + done, Math.min(chunkBytes, size - done))
    if (chunk.length === 0) throw new Error('The file became shorter while it was read')
    yield chunk
    done += chunk.length
  }
}

/** An extent as a whole; for what has a small limit of its own. */
export async function wholeOf(source: Source, extent: Extent): Promise<Uint8Array> {
  const whole = new Uint8Array(extent.size)
  let done = 0
  for await (const chunk of chunksOf(source, extent)) {
    whole.set(chunk, done)
    done += chunk.length
  }
  return whole
}
