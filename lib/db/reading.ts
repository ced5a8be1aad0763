import { setTimeout as after } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { type Elsewhere, enter, redirected } from './elsewhere'
import { preparedName, type Sql } from './sql'

/** What sets are read and written by. */
export interface Reader {
  /** Rows of a query. */
  query<Row>(statement: Sql): Promise<Row[]>
  /** Runs a statement; returns how many rows it touched. */
  execute(statement: Sql): Promise<number>
}

/**
 * One read-only transaction on the database as it was at its first query, however long it takes and whatever others
 * write meanwhile. It holds one connection until it is ended.
 */
export interface Reading extends Reader {
  /** Ends it and gives the connection back; a statement that still runs is cancelled. May be called more than once. */
  end(): Promise<void>
}

/** So many reads go on at a time in one process: each holds a connection that nobody else can use meanwhile. */
const readingsMax = 4
const cancelAgainMs = 100
let readings = 0
const waiting: (() => void)[] = []

/** Begins a read of the present, or elsewhere, when it is its turn. */
export async function openReading(pool: Pool, elsewhere: Elsewhere = {}): Promise<Reading> {
  const { asOf, viewer } = elsewhere
  await takeTurn()
  try {
    const client = await pool.connect()
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      if (asOf || viewer) await client.query(enter(elsewhere))
    } catch (error) {
      client.release(true)
      throw error
    }
    return readingOn(client, pool, viewer !== undefined)
  } catch (error) {
    endTurn()
    throw error
  }
}

function readingOn(client: PoolClient, pool: Pool, isPartial: boolean): Reading {
  const running = new Set<Promise<unknown>>()
  let ended: Promise<void> | undefined
  const run = async ({ text: asked, values }: Sql) => {
    const text = isPartial ? redirected(asked, { isPast: false, isPartial }) : asked
    const answer = client.query({ name: preparedName(text), text, values })
    // Whoever asked hears of a failure; here only its end counts.
    const over = answer.catch(() => undefined)
    running.add(over)
    try {
      return await answer
    } finally {
      running.delete(over)
    }
  }
  return {
    async query<Row>(statement: Sql) {
      return (await run(statement)).rows as Row[]
    },
    async execute(statement) {
      return (await run(statement)).rowCount ?? 0
    },
    end() {
      ended ??= end(client, pool, [...running]).finally(endTurn)
      return ended
    },
  }
}

async function end(client: PoolClient, pool: Pool, running: readonly Promise<unknown>[]): Promise<void> {
  try {
    // Nobody waits for the rows any more; without this the server would work on to the end of the statement.
    if (running.length > 0) await cancel(client, pool, running)
    await client.query('ROLLBACK')
    client.release()
  } catch {
    // The connection is of no more use to anybody.
    client.release(true)
  }
}

/** Cancels until nothing runs: a request that comes before its statement has begun is lost. */
async function cancel(client: PoolClient, pool: Pool, running: readonly Promise<unknown>[]): Promise<void> {
  let isOver = false
  const over = Promise.all(running).then(() => {
    isOver = true
  })
  while (!isOver) {
    await pool.query('SELECT pg_cancel_backend($1)', [processIdOf(client)])
    await Promise.race([over, after(cancelAgainMs)])
  }
}

/** The server's process behind a connection; 0, which no process has, when it cannot be told. */
const processIdOf = (client: PoolClient): number =>
  'processID' in client && typeof client.processID === 'number' ? client.processID : 0

async function takeTurn(): Promise<void> {
  if (readings < readingsMax) readings += 1
  // Whoever ends hands the turn on, so that the count stays.
  else await new Promise<void>((resolve) => waiting.push(resolve))
}

function endTurn(): void {
  const next = waiting.shift()
  if (next) next()
  else readings -= 1
}
