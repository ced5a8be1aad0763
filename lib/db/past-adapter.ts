import { PrismaPg } from '@prisma/adapter-pg'
import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils'
import type { Pool } from 'pg'
import { governedTables } from './governed'

const governed = new RegExp(`"public"\\."(${governedTables.join('|')})"`, 'g')

/** A statement of Prisma's that reads governed tables as of the transaction's instant. Types stay where they are. */
export const inPast = (query: SqlQuery): SqlQuery => ({ ...query, sql: query.sql.replace(governed, '"as_of"."$1"') })

/**
 * Prisma's adapter for the past. Prisma writes out the schema of every table and type, so the search path that serves
 * plain SQL does not reach it; a schema of its own would have to hold the types as well, and no enum can be in two.
 */
export function pastAdapter(pool: Pool): SqlDriverAdapterFactory {
  const present = new PrismaPg(pool)
  return {
    provider: present.provider,
    adapterName: present.adapterName,
    connect: async () => readingPast(await present.connect()),
  }
}

const queryable = (inner: SqlQueryable) => ({
  provider: inner.provider,
  adapterName: inner.adapterName,
  queryRaw: (query: SqlQuery) => inner.queryRaw(inPast(query)),
  executeRaw: (query: SqlQuery) => inner.executeRaw(inPast(query)),
})

const readingPast = (inner: SqlDriverAdapter): SqlDriverAdapter => ({
  ...queryable(inner),
  executeScript: (script) => inner.executeScript(script),
  startTransaction: async (isolation) => pastTransaction(await inner.startTransaction(isolation)),
  getConnectionInfo: () => inner.getConnectionInfo?.() ?? { supportsRelationJoins: true },
  dispose: () => inner.dispose(),
})

const pastTransaction = (inner: Transaction): Transaction => ({
  ...queryable(inner),
  options: inner.options,
  commit: () => inner.commit(),
  rollback: () => inner.rollback(),
  createSavepoint: (name) => inner.createSavepoint?.(name) ?? Promise.resolve(),
  rollbackToSavepoint: (name) => inner.rollbackToSavepoint?.(name) ?? Promise.resolve(),
  releaseSavepoint: (name) => inner.releaseSavepoint?.(name) ?? Promise.resolve(),
})
