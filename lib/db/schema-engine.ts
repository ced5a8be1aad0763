import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import { Pool } from 'pg'
import { readSchema, SCHEMA } from './migrations'

/** Nothing in the database is managed by anybody but the migrations. */
export const NO_FILTER = { externalTables: [], externalEnums: [] }

/** What the WebAssembly glue of the engine exports; the package's types leave the glue out. */
interface Glue {
  SchemaEngine: typeof SchemaEngine
  __wbg_set_wasm(exports: WebAssembly.Exports): void
}

let loading: Promise<Glue> | undefined

/**
 * Runs `work` with Prisma's schema engine, as WebAssembly, on a database. It reads and writes what
 * `prisma migrate deploy` does, so the stock command line works on the same database; unlike that, it downloads
 * no program.
 */
export async function withSchemaEngine<T>(
  connectionString: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loading ??= loadGlue()
  const { SchemaEngine } = await loading
  const pool = new Pool({ connectionString, application_name: 'pentarch-migrate' })
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScriptPg(pool))
  try {
    const engine = await SchemaEngine.new({ datamodels: [[SCHEMA, await readSchema()]] }, () => {}, adapter)
    return await work(engine).finally(() => engine.free())
  } finally {
    await pool.end()
  }
}

/**
 * Prisma's adapter cuts a script at every semicolon, also in comments and function bodies. PostgreSQL takes a whole
 * script itself, and then as one transaction: a migration is applied entirely or not at all.
 */
class WholeScriptPg extends PrismaPg {
  constructor(private readonly pool: Pool) {
    super(pool)
  }

  override async connect() {
    const adapter = await super.connect()
    adapter.executeScript = async (script) => {
      await this.pool.query(script)
    }
    return adapter
  }
}

async function loadGlue(): Promise<Glue> {
  const directory = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const file = path.join(directory, 'schema_engine_bg.js')
  const glue: Glue & WebAssembly.ModuleImports = await import(pathToFileURL(file).href)
  const program = await readFile(path.join(directory, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(program, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  const { __wbindgen_start: start } = instance.exports
  if (typeof start === 'function') start()
  return glue
}
