import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from './migrate'
import { migrationNames } from './migrations'
import { isMigrated } from './status'
import { createTestDatabase, type TestDatabase } from './testing'

describe('migrate', () => {
  let test: TestDatabase
  beforeEach(async () => {
    test = await createTestDatabase()
  })
  afterEach(() => test.drop())

  const sql = (text: string) => test.database.pool.query(text)
  const emptyOut = () =>
    sql(
      'drop schema public, history, as_of, sight, visible, visible_as_of, visible_history cascade; create schema public',
    )

  it('lets one of several instances that start at once migrate, and the others find it done', async () => {
    await emptyOut()
    expect(await isMigrated(test.database.pool)).toBe(false)
    const applied = await Promise.all([1, 2, 3].map(() => migrate(test.connectionString)))
    expect(applied.flat()).toEqual(await migrationNames())
    expect(await isMigrated(test.database.pool)).toBe(true)
  })

  it('refuses a database that is newer than this build, naming the migration', async () => {
    await sql(`insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
      values ('later', 'x', '20990101000000_future', now(), 1)`)
    await expect(migrate(test.connectionString)).rejects.toThrow(/20990101000000_future .* database is newer/)
    // The instances of the old build serve on while the new one rolls out.
    expect(await isMigrated(test.database.pool)).toBe(true)
  })

  it('refuses a database whose migration failed, naming it', async () => {
    const [first] = await migrationNames()
    await sql('update _prisma_migrations set finished_at = null')
    await expect(migrate(test.connectionString)).rejects.toThrow(`Migration ${first}`)
    expect(await isMigrated(test.database.pool)).toBe(false)
  })

  it('refuses a database that applied another text under the same name', async () => {
    await sql(`update _prisma_migrations set checksum = 'other'`)
    await expect(migrate(test.connectionString)).rejects.toThrow('is not what this database applied')
  })

  it('names a migration that fails, and keeps nothing of it', async () => {
    await emptyOut()
    await sql('create table agent ()')
    await expect(migrate(test.connectionString)).rejects.toThrow('Migration')
    const tables = await sql(`select table_name from information_schema.tables where table_schema = 'public'`)
    expect(tables.rows.map((row) => row.table_name).sort()).not.toContain('person')
  })
})
