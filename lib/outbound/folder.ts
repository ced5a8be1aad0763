import 'server-only'
import { mkdir, realpath } from 'node:fs/promises'
import path from 'node:path'
import { OutboundError } from './errors'

/**
 * The folder of this name below `root`, made when it is not there: for files that leave Pentarch.
 * @throws OutboundError when a link in its place leads elsewhere.
 */
export async function folderBelow(root: string, folder: string): Promise<string> {
  const wanted = path.join(root, folder)
  await mkdir(wanted, { recursive: true, mode: 0o700 })
  const place = await realpath(wanted)
  if (place !== path.join(await realpath(root), folder))
    throw new OutboundError('bad_address', `${wanted} is a link to another place, where nothing is written.`)
  return place
}

/** An error of the file system, as a sentence for people. */
export function folderErrorOf(error: unknown, place: string): OutboundError {
  if (error instanceof OutboundError) return error
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
  return new OutboundError('unreachable', `${place} could not be written to${code}.`)
}
