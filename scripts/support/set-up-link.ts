import { makeSetUpLink } from '@/lib/access/accounts/links'
import { sessionTime } from '@/lib/access/sessions/model'
import { openDatabase } from '@/lib/db/client'

/** A link that makes the first administrator, or null when there is an account: administrators invite everybody else. */
export async function setUpLink(connectionString: string): Promise<string | null> {
  const database = openDatabase(connectionString, 1)
  try {
    return await database.transaction(async (db) =>
      (await db.prisma.account.count()) === 0 ? await makeSetUpLink(db, sessionTime()) : null,
    )
  } finally {
    await database.close()
  }
}
