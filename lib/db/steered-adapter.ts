import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery, Transaction } from '@prisma/driver-adapter-utils'
import type { Pool } from 'pg'

/** What a statement becomes before it is sent. */
export type Steer = (query: SqlQuery) => SqlQuery | Promise<SqlQuery>

/**
 * Prisma's adapter with a say in where the statements of transactions look. Prisma writes out the schema of every table
 * and type, so the search path that serves plain SQL does not reach it; a schema of its own would have to hold the types
 * as well, and no enum can be in two.
 */
export function steeredAdapter(pool: Pool, steerIn: (inner: Transaction) => Steer): SqlDriverAdapterFactory {
  const present = new PrismaPg(pool)
  return {
    provider: present.provider,
    adapterName: present.adapterName,
    connect: async () => steered(await present.connect(), steerIn),
  }
}

function refuse(): never {
  throw new Error('This client is for transactions: nobody would know where a statement of its own is to look')
}

const steered = (inner: SqlDriverAdapter, steerIn: (inner: Transaction) => Steer): SqlDriverAdapter => ({
  provider: inner.provider,
  adapterName: inner.adapterName,
  queryRaw: refuse,
  executeRaw: refuse,
  executeScript: refuse,
  startTransaction: async (isolation) => {
    const begun = await inner.startTransaction(isolation)
    return steeredTransaction(begun, steerIn(begun))
  },
  getConnectionInfo: () => inner.getConnectionInfo?.() ?? { supportsRelationJoins: true },
  dispose: () => inner.dispose(),
})

function steeredTransaction(inner: Transaction, steer: Steer): Transaction {
  let last: Promise<unknown> = Promise.resolve()
  /** One statement after another: what one needs set must not be set otherwise before it is sent. */
  const inTurn = <Result>(query: SqlQuery, send: (query: SqlQuery) => Promise<Result>): Promise<Result> => {
    const sent = last.then(async () => await send(await steer(query)))
    last = sent.catch(() => undefined)
    return sent
  }
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    queryRaw: (query) => inTurn(query, (steeredQuery) => inner.queryRaw(steeredQuery)),
    executeRaw: (query) => inTurn(query, (steeredQuery) => inner.executeRaw(steeredQuery)),
    options: inner.options,
    commit: () => inner.commit(),
    rollback: () => inner.rollback(),
    createSavepoint: (name) => inner.createSavepoint?.(name) ?? Promise.resolve(),
    rollbackToSavepoint: (name) => inner.rollbackToSavepoint?.(name) ?? Promise.resolve(),
    releaseSavepoint: (name) => inner.releaseSavepoint?.(name) ?? Promise.resolve(),
  }
}
