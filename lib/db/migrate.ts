import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm'
import { Client } from 'pg'
import { readMigrations } from './migrations'
import { NO_FILTER, withSchemaEngine } from './schema-engine'

/** Key of the advisory lock that one migrating instance holds ("pent" in ASCII). */
const MIGRATION_LOCK = 0x70656e74

/** The database and this build do not fit together; the message says how and what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/**
 * Brings a database to the schema of this build and returns the names of the migrations it applied. Of several
 * instances that start at once one migrates, the others wait and find it done. A database that is newer than this
 * build, or whose migrations failed or were edited, is refused untouched.
 */
export async function migrate(connectionString: string): Promise<string[]> {
  const client = new Client({ connectionString, application_name: 'pentarch-migrate' })
  await client.connect()
  try {
    // Held by this session and let go by PostgreSQL itself should this process die.
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    return await applyPending(connectionString)
  } finally {
    await client.end()
  }
}

function applyPending(connectionString: string): Promise<string[]> {
  return withSchemaEngine(connectionString, async (engine) => {
    const migrationsList = await readMigrations()
    await refuseUnfit(engine, migrationsList)
    try {
      return (await engine.applyMigrations({ migrationsList, filters: NO_FILTER })).appliedMigrationNames
    } catch (cause) {
      throw new MigrationError(describeFailure(cause), { cause })
    }
  })
}

async function refuseUnfit(engine: SchemaEngine, migrationsList: MigrationList): Promise<void> {
  const found = await engine.diagnoseMigrationHistory({
    migrationsList,
    optInToShadowDatabase: false,
    filters: NO_FILTER,
  })
  const unknown =
    found.history && 'unpersistedMigrationNames' in found.history ? found.history.unpersistedMigrationNames : []
  refuse(
    unknown,
    'is in the database but not in this build: the database is newer. Run the build that made it, or a later one',
  )
  refuse(
    found.failedMigrationNames,
    'failed earlier. Restore the backup, or mend the database and then record it with `prisma migrate resolve`',
  )
  refuse(
    found.editedMigrationNames,
    'is not what this database applied under that name. Run the build that made the database, or use a new one',
  )
}

function refuse(names: string[], reason: string): void {
  if (names.length > 0) throw new MigrationError(`Migration ${names.join(', ')} ${reason}.`)
}

/** The engine's message holds PostgreSQL's own, and names the migration in a trace. */
function describeFailure(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const name = /migration_name="([^"]+)"/.exec(text)?.[1]
  const [reason] = text.split(/\n\s*0: /)
  return `Migration ${name ?? '(unknown)'} failed, and nothing of it was kept: ${reason?.trim()}`
}
