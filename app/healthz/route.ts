/** Liveness: the process answers. Says nothing of the database, so that a restart is never the answer to its outage. */
export const dynamic = 'force-dynamic'

export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
}
