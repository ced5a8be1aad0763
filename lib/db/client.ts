import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import { type Prisma, PrismaClient } from './generated/client'
import { preparedName, type Sql } from './sql'

/** What a store talks to: Prisma for single rows, SQL for sets. Inside a command both are in the same transaction. */
export interface Db {
  prisma: Prisma.TransactionClient
  /** Rows of a query. */
  query<Row>(statement: Sql): Promise<Row[]>
  /** Runs a statement; returns how many rows it touched. */
  execute(statement: Sql): Promise<number>
}

/** The database of one process: one pool, shared by Prisma and plain SQL. */
export interface Database extends Db {
  pool: Pool
  /** Runs `work` in one transaction, rolled back when it throws. */
  transaction<Result>(work: (db: Db) => Promise<Result>): Promise<Result>
  /** Runs `work`, which only reads, on the database as it is now, whatever others write meanwhile. Waits for nobody. */
  snapshot<Result>(work: (db: Db) => Promise<Result>): Promise<Result>
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
    snapshot: (work) =>
      prisma.$transaction(
        async (tx) => {
          await tx.$executeRaw`SET TRANSACTION READ ONLY`
          return await work(inside(tx))
        },
        { ...transactionLimits, isolationLevel: 'RepeatableRead' },
      ),
    async close() {
      await prisma.$disconnect()
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
