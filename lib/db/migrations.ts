import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm'

/** Both relative to the folder of the checkout, in which every command and the server run. */
export const SCHEMA = 'prisma/schema.prisma'
export const MIGRATIONS = 'prisma/migrations'

/** The text of prisma/schema.prisma. */
export function readSchema(): Promise<string> {
  return readFile(SCHEMA, 'utf8')
}

/** Names of the migrations this build brings, oldest first. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && hasScript(entry.name))
    .map((entry) => entry.name)
    .sort()
}

const scriptOf = (name: string) => path.join(MIGRATIONS, name, 'migration.sql')
const hasScript = (name: string) => existsSync(scriptOf(name))

/** The migrations of this build with their SQL, in the form the engine takes. */
export async function readMigrations(): Promise<MigrationList> {
  const names = await migrationNames()
  const directories = names.map(async (name) => ({
    path: name,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok' as const, value: await readFile(scriptOf(name), 'utf8') },
    },
  }))
  return {
    baseDir: MIGRATIONS,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(MIGRATIONS, 'migration_lock.toml'), 'utf8'),
    },
    migrationDirectories: await Promise.all(directories),
    shadowDbInitScript: '',
  }
}
