import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { startEmbedded } from '@/lib/db/embedded/server'
import { MIGRATIONS, readSchema, SCHEMA } from '@/lib/db/migrations'
import { NO_FILTER, withSchemaEngine } from '@/lib/db/schema-engine'
import { scratchDirectory } from './support/scratch'

/**
 * `node scripts/bootstrap.mjs new-migration NAME` writes the migration from the schema as it was when migrations
 * were last committed to prisma/schema.prisma as it is. Both ends are schemas, not databases, so what a schema
 * cannot say (triggers, checks, partial indexes) is never proposed for removal; add such things by hand.
 */
async function main(name: string | undefined): Promise<void> {
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
    console.error('Usage: node scripts/bootstrap.mjs new-migration NAME, in lower case with underscores')
    process.exitCode = 2
    return
  }
  const sql = await difference(migratedSchema(), await readSchema())
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const file = path.join(MIGRATIONS, `${stamp}_${name}`, 'migration.sql')
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, sql)
  console.log(`Wrote ${file}`)
}

/** A schema is committed with its migration: the last commit to the migrations has the schema they lead to. */
function migratedSchema(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' })
  const commit = git('log', '-1', '--format=%H', '--', MIGRATIONS).trim()
  return git('show', `${commit}:${SCHEMA}`)
}

async function difference(from: string, to: string): Promise<string> {
  const scratch = await scratchDirectory('new-migration')
  // Comparing schemas touches no table, but the engine wants a server to tell it PostgreSQL's version.
  const server = await startEmbedded({ dataDir: scratch.path, durable: false })
  try {
    const { stdout } = await withSchemaEngine(server.url('postgres'), (engine) =>
      engine.diff({
        from: { tag: 'schemaDatamodel', files: [{ path: SCHEMA, content: from }] },
        to: { tag: 'schemaDatamodel', files: [{ path: SCHEMA, content: to }] },
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
