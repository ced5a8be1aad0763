import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { type ImportFile, importLimits } from '@/lib/importers/model'
import { usageFailure } from './failure'

const foldersLeftOut = new Set(['node_modules'])

/** Whether a file in a folder is one to read; a file that is named itself is always read. */
type Wanted = (name: string) => boolean

/**
 * Reads the named files and, of the named folders, every file that is wanted, in the order of their names.
 * @throws CliFailure for a path that cannot be read, or when nothing is left to read.
 */
export async function readFiles(folder: string, paths: readonly string[], isWanted: Wanted): Promise<ImportFile[]> {
  const names: string[] = []
  for (const name of paths) {
    const info = await attempt(name, () => stat(path.resolve(folder, name)))
    if (info.isDirectory()) names.push(...(await filesIn(folder, name, isWanted)))
    else names.push(name)
  }
  if (names.length === 0) throw usageFailure(`No file of this kind in ${paths.join(', ')}.`)
  const files: ImportFile[] = []
  for (const name of new Set(names)) files.push(await readOne(folder, name))
  return files
}

async function readOne(folder: string, name: string): Promise<ImportFile> {
  const file = path.resolve(folder, name)
  const { size } = await attempt(name, () => stat(file))
  if (size > importLimits.fileBytesMax) {
    throw usageFailure(`${name} has ${size} bytes; at most ${importLimits.fileBytesMax} are read.`, 'Split it.')
  }
  return { name, bytes: await attempt(name, () => readFile(file)) }
}

async function filesIn(folder: string, name: string, isWanted: Wanted): Promise<string[]> {
  const entries = await attempt(name, () => readdir(path.resolve(folder, name), { withFileTypes: true }))
  const found: string[] = []
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = path.join(name, entry.name)
    if (entry.isFile() && isWanted(entry.name)) found.push(inner)
    if (entry.isDirectory() && !foldersLeftOut.has(entry.name) && !entry.name.startsWith('.')) {
      found.push(...(await filesIn(folder, inner, isWanted)))
    }
  }
  return found
}

const reasons: Record<string, string> = {
  ENOENT: 'is not there',
  EACCES: 'may not be read',
  EISDIR: 'is a folder',
  ELOOP: 'is a link that leads back to itself',
}

async function attempt<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw usageFailure(`${name} ${reasons[code] ?? `cannot be read (${code})`}.`)
  }
}
