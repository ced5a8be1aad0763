import { Client } from 'pg'

/** Runs one statement on the database of the app under test, for what no user could bring about: the passing of time. */
export async function onDatabase(text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  const connectionString = process.env.PENTARCH_E2E_DATABASE
  if (!connectionString)
    throw new Error('PENTARCH_E2E_DATABASE is not set; run the end-to-end tests with: npm test -- e2e')
  const client = new Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}
