import { randomUUID } from 'node:crypto'
import { Client, escapeIdentifier } from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from './client'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the server's own database, for making and dropping others. */
    testServer: string
    /** Name of the migrated, empty database that test databases are copies of. */
    testTemplate: string
  }
}

/** A migrated, empty database of one test file. */
export interface TestDatabase {
  connectionString: string
  database: Database
  /** Closes and drops it. */
  drop(): Promise<void>
}

/** Copies the template: a few hundredths of a second, and no test sees another's rows. For integration tests only. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(`create database ${escapeIdentifier(name)} template ${escapeIdentifier(inject('testTemplate'))}`)
  const address = new URL(inject('testServer'))
  address.pathname = `/${name}`
  const database = openDatabase(address.href)
  return {
    connectionString: address.href,
    database,
    async drop() {
      await database.close()
      await onServer(`drop database if exists ${escapeIdentifier(name)} with (force)`)
    },
  }
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('testServer') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
