import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { hashPassword } from '@/lib/access/password'
import { readDatabaseSettings } from './support/settings'
import { supervise } from './support/teardown'

/**
 * `node scripts/bootstrap.mjs first-admin EMAIL` makes the first account of a new installation, an administrator with
 * a password made up here and shown once. Refuses when there is an account: administrators make the others.
 */
async function main(email: string | undefined): Promise<number> {
  if (!email?.includes('@')) {
    console.error('Usage: node scripts/bootstrap.mjs first-admin EMAIL')
    return 2
  }
  const { DATABASE_URL: connectionString } = readDatabaseSettings()
  const password = randomBytes(15).toString('base64url')
  const client = new Client({ connectionString })
  await client.connect()
  try {
    // One statement, so that two who try at once do not both become the first.
    const made = await client.query(
      `insert into account (id, email, name, password_hash, role)
       select $1, $2, 'Administrator', $3, 'admin' where not exists (select 1 from account)`,
      [uuidv7(), email.toLowerCase(), await hashPassword(password)],
    )
    if (made.rowCount !== 1) throw new Error('There are accounts already; an administrator makes further ones.')
  } finally {
    await client.end()
  }
  console.log(`Made the administrator ${email.toLowerCase()} with the password ${password}`)
  return 0
}

await supervise(() => main(process.argv[2]), { interruptedCode: 130 })
