import { database } from '@/lib/db/client'
import { isMigrated } from '@/lib/db/status'
import { log } from '@/lib/http/log'

export const dynamic = 'force-dynamic'

/** A balancer asks every few seconds and takes no answer for a no; a database that hangs must not hang the probe. */
const answerWithinMs = 5_000

/** Readiness: the database is reachable and has every migration of this build. The reason for a no is in the log. */
export async function GET(): Promise<Response> {
  const { status, code } = await readiness()
  return Response.json({ status }, { status: code, headers: { 'cache-control': 'no-store' } })
}

async function readiness(): Promise<{ status: string; code: number }> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database does not answer in time')), answerWithinMs)
  })
  try {
    const migrated = await Promise.race([isMigrated(database().pool), late])
    return migrated ? { status: 'ready', code: 200 } : { status: 'the database is not migrated', code: 503 }
  } catch (error) {
    log.warn({ err: error }, 'Not ready')
    return { status: 'the database cannot be reached', code: 503 }
  } finally {
    clearTimeout(timer)
  }
}
