import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import { type Database, type Db, openDatabase } from '@/lib/db/client'
import { startEmbedded } from '@/lib/db/embedded/server'
import { migrate } from '@/lib/db/migrate'
import { syncReferenceData } from '@/lib/db/reference'
import { evaluateEverything } from '@/lib/gaps/reevaluate'
import { rebuildCells } from '@/lib/ownership/store'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { Run } from '@/lib/use-cases/run'
import { step } from '@/scripts/support/steps'
import type { Teardown } from '@/scripts/support/teardown'
import { loadEstate } from './estate'
import type { EstateSize } from './estate/size'

/** The estate that everything is measured on. */
export interface Bench {
  database: Database
  connectionString: string
  now: Date
  /** Where and for whom use cases run: the product itself, so that permissions cost what they cost anybody. */
  run: Run
}

const actor = systemActor('bench')

/** What parts of the product below the use cases take, on the database itself or inside a transaction. */
export const contextIn = (db: Db, now: Date): UseCaseContext => ({ db, now, actor, newId: v7, requestId: 'bench' })

/** Starts a PostgreSQL of this run alone, as durable as in production. */
export async function startServer(teardown: Teardown, dataDir: string) {
  return await teardown.hold(startEmbedded({ dataDir }), (server) => server.stop())
}

/** Opens a migrated database without an estate. */
export async function openEmpty(teardown: Teardown, connectionString: string): Promise<Database> {
  await migrate(connectionString)
  const database = await teardown.hold(Promise.resolve(openDatabase(connectionString)), (held) => held.close())
  await syncReferenceData(database)
  return database
}

/** Makes the large estate with its owners and gaps as the product makes them. */
export async function openBench(teardown: Teardown, connectionString: string, size: EstateSize): Promise<Bench> {
  const now = new Date()
  const database = await openEmpty(teardown, connectionString)
  await step('Estate', () => loadEstate(database, size, now))
  await step('Owners', () => rebuildCells(database, now))
  await step('Gaps', () => database.transaction((db) => evaluateEverything(contextIn(db, now))))
  // What autovacuum does to a production database that has stood for a minute.
  await step('Statistics', () => database.pool.query('VACUUM ANALYZE'))
  return { database, connectionString, now, run: { database, actor, now, newId: v7, requestId: 'bench' } }
}
