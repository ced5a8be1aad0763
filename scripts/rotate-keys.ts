import { openDatabase } from '@/lib/db/client'
import { resealAll } from '@/lib/secrets/reseal-store'
import { readStartSettings } from './support/settings'
import { supervise } from './support/teardown'

/**
 * `node scripts/bootstrap.mjs rotate-keys` seals every stored secret with PENTARCH_ENCRYPTION_KEY, opening what
 * PENTARCH_ENCRYPTION_KEY_PREVIOUS (or the key derived from NEXTAUTH_SECRET) has sealed. Run with the settings of the
 * app, which may go on running with both keys; afterwards the previous one can be taken away.
 */
async function main(): Promise<number> {
  const { DATABASE_URL, PENTARCH_ENCRYPTION_KEY } = readStartSettings()
  if (!PENTARCH_ENCRYPTION_KEY) {
    console.error('Set PENTARCH_ENCRYPTION_KEY to the new key, and PENTARCH_ENCRYPTION_KEY_PREVIOUS to the one before.')
    return 2
  }
  const database = openDatabase(DATABASE_URL)
  try {
    const results = await resealAll(database, new Date())
    for (const { column, resealed, unreadable } of results)
      console.log(`${column}: ${resealed} sealed anew${unreadable > 0 ? `, ${unreadable} that no key opens` : ''}`)
    return results.some(({ unreadable }) => unreadable > 0) ? 1 : 0
  } finally {
    await database.close()
  }
}

await supervise(main, { interruptedCode: 130 })
