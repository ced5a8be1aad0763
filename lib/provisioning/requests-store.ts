import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

/** How many requests are kept: those with a token that is known, and those without one, which anybody can send. */
const keptMax = { known: 200, unknown: 50 }
const keptDays = 30

/** One request of an identity provider, as it is kept for a while. */
export interface NotedRequest {
  id: string
  at: Date
  /** What the token is called; null when it is not known. */
  token: string | null
  method: string
  path: string
  status: number
  detail: string | null
  requestId: string
}

/** Notes a request, and lets go of those that came long before. */
export async function noteRequest(db: Db, request: NotedRequest): Promise<void> {
  await db.prisma.scimRequest.create({ data: request, select: { id: true } })
  const isKnown = request.token !== null
  await db.execute(sql`
    DELETE FROM scim_request WHERE at < ${new Date(request.at.getTime() - keptDays * 86_400_000)} OR id IN (
      SELECT id FROM scim_request WHERE (token IS NOT NULL) = ${isKnown}
      ORDER BY at DESC, id DESC OFFSET ${isKnown ? keptMax.known : keptMax.unknown})`)
}

/** The last requests, newest first. */
export async function lastRequests(db: Db, limit: number): Promise<NotedRequest[]> {
  return await db.prisma.scimRequest.findMany({ orderBy: [{ at: 'desc' }, { id: 'desc' }], take: limit })
}
