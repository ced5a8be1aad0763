import { createHash, hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Digests } from './digests'

/** The digests of Node itself: several times as quick as the portable ones. */
export const nativeDigests: Digests = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  running() {
    const running = createHash('sha256')
    return { update: (bytes) => void running.update(bytes), digest: () => running.digest() }
  },
  crc32: (bytes, before) => crc32(bytes, before),
}
