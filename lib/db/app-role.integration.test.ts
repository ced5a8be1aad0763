import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { expect, inject, it, vi } from 'vitest'
import { seed } from '@/prisma/seed'
import { migrate } from './migrate'

const name = `plain_${randomUUID().replaceAll('-', '')}`

async function onServer(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: inject('testServer') })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** `compose.yaml` makes the app such a role, and docs/operations.md asks for no more. */
it('a role that owns its database and nothing else of the server migrates it and works with it', async () => {
  vi.stubEnv('NEXTAUTH_SECRET', 'a secret for tests alone, of 32+ characters')
  const password = randomUUID()
  await onServer(
    `CREATE ROLE ${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '${password}'`,
    `CREATE DATABASE ${name} OWNER ${name}`,
    `REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`,
  )
  const address = new URL(inject('testServer'))
  address.pathname = `/${name}`
  address.username = name
  address.password = password
  try {
    expect((await migrate(address.href)).length).toBeGreaterThan(10)
    await seed({ connectionString: address.href, kind: 'sample', now: new Date() })
    const client = new Client({ connectionString: address.href })
    await client.connect()
    const { rows } = await client.query(`SELECT
      (SELECT count(*)::int FROM gap) AS gaps,
      (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS superuser`)
    // The log is kept from the app itself: what it owns it may not rewrite either, unless it takes the trigger off first.
    await expect(client.query(`UPDATE audit_event SET action = 'nothing'`)).rejects.toThrow()
    await expect(client.query('SET session_replication_role = replica')).rejects.toThrow('permission denied')
    await client.end()
    expect(rows[0]?.gaps).toBeGreaterThan(10)
    expect(rows[0]?.superuser).toBe(false)
  } finally {
    await onServer(`DROP DATABASE ${name} WITH (FORCE)`, `DROP ROLE ${name}`)
    vi.unstubAllEnvs()
  }
})
