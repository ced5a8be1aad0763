import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'

/** The secret in `file`, readable by its owner alone; made up the first time. */
export async function keptSecret(file: string): Promise<string> {
  if (!existsSync(file)) await writePrivate(file, randomBytes(32).toString('base64url'))
  return (await readFile(file, 'utf8')).trim()
}

/** Writes a file that only its owner reads; it appears whole or not at all. */
export async function writePrivate(file: string, content: string): Promise<void> {
  const draft = `${file}.${process.pid}`
  await writeFile(draft, content, { mode: 0o600 })
  await rename(draft, file)
}
