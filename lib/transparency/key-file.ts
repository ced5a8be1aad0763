import 'server-only'
import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/** The private keys that sign checkpoints: from the environment, or from a file that only its owner can read. */

/** 32 bytes in base64, as `openssl rand -base64 32` prints them. */
const keyText = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64: the output of openssl rand -base64 32')

const fileSchema = z.strictObject({ current: keyText, previous: keyText.nullable() })

/** Private keys of 32 bytes (RFC 8032). */
export interface PrivateKeys {
  current: Uint8Array
  /** The one before, which goes on signing beside it after a rotation. */
  previous: Uint8Array | null
  from: 'environment' | 'file'
}

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))
const optional = (text: string | null | undefined) => (text ? bytesOf(text) : null)

/** Where the key file is: in the data folder of this instance. */
export const keyFile = (env: NodeJS.ProcessEnv): string =>
  path.resolve(env.PENTARCH_DATA_DIR || '.pentarch', 'log-key.json')

/**
 * The keys of this instance; null when there are none yet.
 * @throws Error that says how to mend it when a key is malformed, or its file is readable by others
 */
export async function readPrivateKeys(env: NodeJS.ProcessEnv): Promise<PrivateKeys | null> {
  if (env.PENTARCH_LOG_KEY) {
    const parsed = fileSchema.safeParse({
      current: env.PENTARCH_LOG_KEY,
      previous: env.PENTARCH_LOG_KEY_PREVIOUS || null,
    })
    if (!parsed.success)
      throw new Error(
        'PENTARCH_LOG_KEY and PENTARCH_LOG_KEY_PREVIOUS must be 32 bytes in base64 each: openssl rand -base64 32',
      )
    return { current: bytesOf(parsed.data.current), previous: optional(parsed.data.previous), from: 'environment' }
  }
  const file = keyFile(env)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const { mode } = await stat(file)
  // Windows has no such bits.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Error(`${file} holds the private key of the log and can be read by others: chmod 600 it`)
  const { current, previous } = fileSchema.parse(JSON.parse(text))
  return { current: bytesOf(current), previous: optional(previous), from: 'file' }
}

/** Makes a new key, keeping the present one beside it, and replaces the file as a whole. */
export async function makeKeyFile(env: NodeJS.ProcessEnv, previous: Uint8Array | null): Promise<PrivateKeys> {
  const file = keyFile(env)
  const current = randomBytes(32)
  const text = JSON.stringify({
    current: current.toString('base64'),
    previous: previous && Buffer.from(previous).toString('base64'),
  })
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${current.toString('hex').slice(0, 8)}`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(`${text}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, file)
  return { current: new Uint8Array(current), previous, from: 'file' }
}
