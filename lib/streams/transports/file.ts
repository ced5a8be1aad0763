import 'server-only'
import { constants } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import path from 'node:path'
import { folderBelow, folderErrorOf } from '@/lib/outbound/folder'
import type { FileTarget } from '../model'
import { ndjson, type Transport } from './transport'

/** The file that is written to; a full one is put aside under the time of the batch that found it full. */
const current = 'events.ndjson'
export const rotateBytes = 64 * 1024 * 1024
const tailBytes = 64 * 1024

/** The folder below which streams write: nothing that somebody types leads out of it. */
export function streamsFolder(env: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(env.PENTARCH_STREAMS_DIR || path.join(env.PENTARCH_DATA_DIR || '.pentarch', 'streams'))
}

/** Appends batches to a file of one event a line. A batch is there when the disk has it. */
export function fileTransport({ folder }: FileTarget, root: string, rotateAt = rotateBytes): Transport {
  return {
    async deliver({ events, at }) {
      try {
        const place = await folderBelow(root, folder)
        const file = await fileWithRoom(place, rotateAt, at)
        try {
          await cutBrokenLine(file)
          await file.appendFile(ndjson(events))
          await file.datasync()
        } finally {
          await file.close()
        }
      } catch (error) {
        throw folderErrorOf(error, path.join(root, folder))
      }
    },
  }
}

async function fileWithRoom(place: string, rotateAt: number, at: Date): Promise<FileHandle> {
  const name = path.join(place, current)
  const file = await opened(name)
  if ((await file.stat()).size < rotateAt) return file
  await file.close()
  await rename(name, path.join(place, `events-${at.toISOString().replace(/[-:.]/g, '')}.ndjson`))
  return await opened(name)
}

/** A link in place of the file is not followed. */
const opened = (name: string) =>
  open(name, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)

/** A process that was killed while it wrote has left half a line. Its event comes again, so the half goes. */
async function cutBrokenLine(file: FileHandle): Promise<void> {
  let end = (await file.stat()).size
  const bytes = Buffer.alloc(tailBytes)
  for (let from = end; from > 0; ) {
    from = Math.max(0, end - tailBytes)
    const { bytesRead } = await file.read(bytes, 0, end - from, from)
    const lastBreak = bytes.subarray(0, bytesRead).lastIndexOf(0x0a)
    if (lastBreak >= 0) return await file.truncate(from + lastBreak + 1)
    end = from
  }
  await file.truncate(0)
}
