import 'server-only'
import { copyFile, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { folderBelow, folderErrorOf } from '@/lib/outbound/folder'
import type { FolderDestination } from '../model'
import type { MadeFile } from './made'

/** The folder below which scheduled exports are put: nothing that somebody types leads out of it. */
export const exportsFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  path.resolve(env.PENTARCH_EXPORTS_DIR || path.join(env.PENTARCH_DATA_DIR || '.pentarch', 'exports'))

/** Puts the file there under its name, whole or not at all. @returns where it is. @throws OutboundError. */
export async function putInFolder({ folder }: FolderDestination, file: MadeFile, root: string): Promise<string> {
  try {
    const place = await folderBelow(root, folder)
    const partial = path.join(place, `.${file.name}.part`)
    try {
      await copyFile(file.path, partial)
      const handle = await open(partial, 'r+')
      await handle.sync().finally(() => handle.close())
      await rename(partial, path.join(place, file.name))
    } finally {
      await rm(partial, { force: true })
    }
    return `${folder}/${file.name}`
  } catch (error) {
    throw folderErrorOf(error, path.join(root, folder))
  }
}
