import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { startEmbedded } from '@/lib/db/embedded/server'
import { migrate } from '@/lib/db/migrate'
import { MIGRATIONS, readSchema, SCHEMA } from '@/lib/db/migrations'
import { NO_FILTER, withSchemaEngine } from '@/lib/db/schema-engine'
import { scratchDirectory } from './support/scratch'

/**
 * `node scripts/bootstrap.mjs new-migration NAME` writes the migration that leads from the migrations so far to
 * prisma/schema.prisma. Read it before committing: what the schema cannot say (triggers, checks, partial indexes)
 * is added or kept by hand.
 */
async function main(name: string | undefined): Promise<void> {
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error(
      'Name the migration in lower case with underscores: node scripts/bootstrap.mjs new-migration add_deputies',
    )
  }
  const sql = await pendingSql()
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const file = path.join(MIGRATIONS, `${stamp}_${name}`, 'migration.sql')
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, sql)
  console.log(`Wrote ${file}`)
}

/** The SQL from a database that has all migrations to the schema as it stands. */
async function pendingSql(): Promise<string> {
  const scratch = await scratchDirectory('new-migration')
  const server = await startEmbedded({ dataDir: scratch.path, durable: false })
  try {
    const connectionString = await server.ensureDatabase('migrated')
    await migrate(connectionString)
    const files = [{ path: SCHEMA, content: await readSchema() }]
    const { stdout } = await withSchemaEngine(connectionString, (engine) =>
      engine.diff({
        from: { tag: 'schemaDatasource', files, configDir: process.cwd() },
        to: { tag: 'schemaDatamodel', files },
        script: true,
        exitCode: null,
        filters: NO_FILTER,
      }),
    )
    return stdout ?? ''
  } finally {
    await server.stop()
    await scratch.remove()
  }
}

await main(process.argv[2])
