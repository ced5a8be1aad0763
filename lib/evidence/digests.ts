import { sha256 } from '@noble/hashes/sha2.js'

/** SHA-256 over bytes that come bit by bit. */
export interface RunningDigest {
  update(bytes: Uint8Array): void
  digest(): Uint8Array
}

/** The digests that a bundle needs. Whoever has quicker ones than the portable brings them: the command line has Node's. */
export interface Digests {
  sha256(bytes: Uint8Array): Uint8Array
  running(): RunningDigest
  /** CRC-32 of ZIP (ISO 3309), going on from `before`, the CRC-32 of what came before. */
  crc32(bytes: Uint8Array, before: number): number
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

function crc32(bytes: Uint8Array, before: number): number {
  let crc = ~before
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return ~crc >>> 0
}

/** Runs wherever JavaScript does, a browser without a network included. */
export const portableDigests: Digests = { sha256, running: () => sha256.create(), crc32 }
