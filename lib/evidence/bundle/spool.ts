import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bytesToHex } from '@noble/hashes/utils.js'
import { nativeDigests } from '../native-digests'
import type { EntryFacts } from '../zip/headers'

/** A file that waits on disk to become an entry: its digests are known, its content need not be in memory. */
export interface SpooledFile extends EntryFacts {
  sha256: string
  /** Where it lies. */
  path: string
}

const bufferBytesMax = 256 * 1024

/** One file of a spool while it is written. */
export class SpoolWriter {
  readonly #name: string
  readonly #path: string
  readonly #file: FileHandle
  readonly #digest = nativeDigests.running()
  #crc32 = 0
  #size = 0
  #parts: Uint8Array[] = []
  #waiting = 0

  constructor(name: string, file: FileHandle, at: string) {
    this.#name = name
    this.#file = file
    this.#path = at
  }

  async write(content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    this.#parts.push(bytes)
    this.#waiting += bytes.length
    if (this.#waiting >= bufferBytesMax) await this.#flush()
  }

  async end(): Promise<SpooledFile> {
    await this.#flush()
    await this.#file.close()
    return {
      name: this.#name,
      size: this.#size,
      crc32: this.#crc32,
      sha256: bytesToHex(this.#digest.digest()),
      path: this.#path,
    }
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#parts)
    this.#parts = []
    this.#waiting = 0
    this.#digest.update(bytes)
    this.#crc32 = nativeDigests.crc32(bytes, this.#crc32)
    this.#size += bytes.length
    await this.#file.writeFile(bytes)
  }
}

/** A folder of its own for the files of one bundle. */
export class Spool {
  readonly #folder: string
  #files = 0

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async open(): Promise<Spool> {
    return new Spool(await mkdtemp(path.join(tmpdir(), 'pentarch-bundle-')))
  }

  async begin(name: string): Promise<SpoolWriter> {
    this.#files += 1
    const at = path.join(this.#folder, String(this.#files))
    return new SpoolWriter(name, await open(at, 'wx', 0o600), at)
  }

  /** A file in one go. */
  async file(name: string, content: string | Uint8Array): Promise<SpooledFile> {
    const writer = await this.begin(name)
    await writer.write(content)
    return await writer.end()
  }

  /** Deletes the files. */
  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}
