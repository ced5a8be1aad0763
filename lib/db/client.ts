import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import { type Prisma, PrismaClient } from './generated/client'
import { enterPast } from './past'
import { pastAdapter } from './past-adapter'
import { openReading, type Reader, type Reading } from './reading'
import { preparedName, type Sql, sql } from './sql'

/** What a store talks to: Prisma for single rows, SQL for sets. Inside a command both are in the same transaction. */
export interface Db extends Reader {
  prisma: Prisma.TransactionClient
}

/** The database of one process: one pool, shared by Prisma and plain SQL. */
export interface Database extends Db {
  pool: Pool
  /** Runs `work` in one transaction, rolled back when it throws. */
  transaction<Result>(work: (db: Db) => Promise<Result>): Promise<Result>
  /** Runs `work`, which only reads, on the database as it is now, whatever others write meanwhile. Waits for nobody. */
  snapshot<Result>(work: (db: Db) => Promise<Result>): Promise<Result>
  /** The same as of an instant that is past: governed tables hold the rows that they held then. */
  past<Result>(instant: Date, work: (db: Db) => Promise<Result>): Promise<Result>
  /** Begins a read that goes on for as long as somebody takes its rows, of the present or as of an instant: see `Reading`. */
  read(asOf?: Date): Promise<Reading>
  close(): Promise<void>
}

const transactionLimits = { maxWait: 30_000, timeout: 300_000 }

const queryOf = ({ text, values }: Sql) => ({ name: preparedName(text), text, values })

const inside = (tx: Prisma.TransactionClient): Db => ({
  prisma: tx,
  query: <Row>(statement: Sql) => tx.$queryRaw<Row[]>(statement),
  execute: (statement) => tx.$executeRaw(statement),
})

/** Opens a pool to `connectionString`; nothing connects before the first query. */
export function openDatabase(connectionString: string, poolMax = 10): Database {
  const pool = new Pool({ connectionString, max: poolMax })
  // An idle connection that the server closes must not end the process; the next query opens another.
  pool.on('error', () => undefined)
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: (query) => preparedName(query.sql) }),
  })
  const past = new PrismaClient({ adapter: pastAdapter(pool) })
  const reading = async <Result>(client: PrismaClient, begin: Sql, work: (db: Db) => Promise<Result>) =>
    await client.$transaction(
      async (tx) => {
        await tx.$executeRaw(begin)
        return await work(inside(tx))
      },
      { ...transactionLimits, isolationLevel: 'RepeatableRead' },
    )
  return {
    pool,
    prisma,
    async query<Row>(statement: Sql) {
      const result = await pool.query(queryOf(statement))
      return result.rows as Row[]
    },
    async execute(statement) {
      const result = await pool.query(queryOf(statement))
      return result.rowCount ?? 0
    },
    transaction: (work) => prisma.$transaction((tx) => work(inside(tx)), transactionLimits),
    snapshot: (work) => reading(prisma, sql`SET TRANSACTION READ ONLY`, work),
    past: (instant, work) =>
      reading(past, sql`SET TRANSACTION READ ONLY`, async (db) => {
        await db.query(enterPast(instant))
        return await work(db)
      }),
    read: (asOf) => openReading(pool, asOf),
    async close() {
      await Promise.all([prisma.$disconnect(), past.$disconnect()])
      if (!pool.ended) await pool.end()
    },
  }
}

const held = globalThis as { pentarchDatabase?: Database }

/** The process's database, opened from DATABASE_URL on first use. Survives hot reload in development. */
export function database(): Database {
  if (!held.pentarchDatabase) {
    const connectionString = process.env.DATABASE_URL
    if (!connectionString) throw new Error('DATABASE_URL is not set')
    held.pentarchDatabase = openDatabase(connectionString)
  }
  return held.pentarchDatabase
}
