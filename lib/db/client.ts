import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import { type Elsewhere, enter, redirected } from './elsewhere'
import { type Prisma, PrismaClient } from './generated/client'
import { steerPartialCommand } from './partial-command'
import { openReading, type Reader, type Reading } from './reading'
import { enterSight, type Viewer } from './sight'
import { preparedName, type Sql } from './sql'
import { type Steer, steeredAdapter } from './steered-adapter'

/** What a store talks to: Prisma for single rows, SQL for sets. Inside a command both are in the same transaction. */
export interface Db extends Reader {
  prisma: Prisma.TransactionClient
  /** Reads leave out what whoever asks may not know of. */
  isPartial?: true
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
  /** The same as somebody sees it who does not see everything. */
  seenBy(viewer: Viewer): Database
  close(): Promise<void>
}

const transactionLimits = { maxWait: 30_000, timeout: 300_000 }

const queryOf = ({ text, values }: Sql) => ({ name: preparedName(text), text, values })

const inside = (tx: Prisma.TransactionClient): Db => ({
  prisma: tx,
  query: <Row>(statement: Sql) => tx.$queryRaw<Row[]>(statement),
  execute: (statement) => tx.$executeRaw(statement),
})

/** The clients of a pool for where Prisma does not look by itself, each made when it is first needed. */
function clientsElsewhere(pool: Pool) {
  const made = new Map<string, PrismaClient>()
  const client = (name: string, steerIn: Parameters<typeof steeredAdapter>[1]): PrismaClient => {
    const known = made.get(name) ?? new PrismaClient({ adapter: steeredAdapter(pool, steerIn) })
    made.set(name, known)
    return known
  }
  const reading =
    (isPast: boolean, isPartial: boolean): (() => Steer) =>
    () =>
    (query) => ({ ...query, sql: redirected(query.sql, { isPast, isPartial }) })
  return {
    reading: ({ asOf, viewer }: Elsewhere) => {
      const [isPast, isPartial] = [asOf !== undefined, viewer !== undefined]
      return client(`past: ${isPast}, partial: ${isPartial}`, reading(isPast, isPartial))
    },
    partialCommand: () => client('partial command', steerPartialCommand),
    close: async () => void (await Promise.all([...made.values()].map((each) => each.$disconnect()))),
  }
}

const snapshotLimits = { ...transactionLimits, isolationLevel: 'RepeatableRead' } as const

async function snapshotOf<Result>(client: PrismaClient, elsewhere: Elsewhere, work: (db: Db) => Promise<Result>) {
  return await client.$transaction(async (tx) => {
    await tx.$executeRaw`SET TRANSACTION READ ONLY`
    if (elsewhere.asOf || elsewhere.viewer) await tx.$executeRaw(enter(elsewhere))
    return await work({ ...inside(tx), ...(elsewhere.viewer && { isPartial: true }) })
  }, snapshotLimits)
}

/** Opens a pool to `connectionString`; nothing connects before the first query. */
export function openDatabase(connectionString: string, poolMax = 10): Database {
  const pool = new Pool({ connectionString, max: poolMax })
  // An idle connection that the server closes must not end the process; the next query opens another.
  pool.on('error', () => undefined)
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: (query) => preparedName(query.sql) }),
  })
  const elsewhere = clientsElsewhere(pool)
  const whole: Database = {
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
    snapshot: (work) => snapshotOf(prisma, {}, work),
    past: (asOf, work) => snapshotOf(elsewhere.reading({ asOf }), { asOf }, work),
    read: (asOf) => openReading(pool, { asOf }),
    seenBy: (viewer) => partly(whole, elsewhere, viewer),
    async close() {
      await Promise.all([prisma.$disconnect(), elsewhere.close()])
      if (!pool.ended) await pool.end()
    },
  }
  return whole
}

/** A client whose every operation runs by itself in a transaction of `open`. */
const eachIn = (client: Prisma.TransactionClient, open: Database['snapshot']): Prisma.TransactionClient =>
  new Proxy(client, {
    get: (_client, model) =>
      new Proxy(Reflect.get(client, model), {
        get: (_model, operation) => (given: unknown) =>
          open(async ({ prisma }) => await Reflect.get(Reflect.get(prisma, model), operation)(given)),
      }),
  })

/** Every way to read it leads through the views of what the viewer may know of; what would go around them is refused. */
function partly(whole: Database, clients: ReturnType<typeof clientsElsewhere>, viewer: Viewer): Database {
  const refused = (what: string) => new Error(`A part of the database has no ${what} of its own: take a snapshot of it`)
  const snapshot: Database['snapshot'] = (work) => snapshotOf(clients.reading({ viewer }), { viewer }, work)
  return {
    isPartial: true,
    get pool(): Pool {
      throw refused('pool')
    },
    prisma: eachIn(whole.prisma, snapshot),
    query: (statement) => snapshot((db) => db.query(statement)),
    execute: () => Promise.reject(refused('statements that change')),
    transaction: (work) =>
      clients.partialCommand().$transaction(async (tx) => {
        await tx.$executeRaw(enterSight(viewer))
        return await work({ ...inside(tx), isPartial: true })
      }, transactionLimits),
    snapshot,
    past: (asOf, work) => snapshotOf(clients.reading({ asOf, viewer }), { asOf, viewer }, work),
    read: (asOf) => openReading(whole.pool, { asOf, viewer }),
    seenBy: (other) => whole.seenBy(other),
    close: () => Promise.reject(refused('end')),
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
