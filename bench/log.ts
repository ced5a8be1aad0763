import { openDatabase } from '@/lib/db/client'
import { migrate } from '@/lib/db/migrate'
import { appendPending } from '@/lib/transparency/append'
import { utf8 } from '@/lib/transparency/bytes'
import { findLeaves, logSize } from '@/lib/transparency/log-store'
import { CompactTree, leafHash } from '@/lib/transparency/merkle'
import { proveInclusion } from '@/lib/transparency/tree-store'
import type { Teardown } from '@/scripts/support/teardown'
import type { startServer } from './database'
import { type Figure, within } from './figures'
import { time } from './measure'

const section = 'The transparency log'
const eventCount = 1_000_000

/** Appends a million events, proves some of them, and rebuilds the tree as a verifier does, in a database of its own. */
export async function* measureLog(
  teardown: Teardown,
  server: Awaited<ReturnType<typeof startServer>>,
): AsyncGenerator<Figure> {
  const connectionString = await server.ensureDatabase('log')
  await migrate(connectionString)
  const database = await teardown.hold(Promise.resolve(openDatabase(connectionString)), (held) => held.close())
  await database.pool.query(
    `INSERT INTO audit_event (id, at, actor_kind, actor_name_committed, actor_id, action, subject_type, subject_id, before, after,
       reason_committed, request_id)
     SELECT gen_random_uuid(), now(), 'account', md5(n::text) || md5(n::text), gen_random_uuid(), 'agents.update', 'agent', n::text,
       jsonb_build_object('lifecycle', 'proposed', 'version', n), jsonb_build_object('lifecycle', 'active', 'version', n + 1),
       md5(n::text) || md5(n::text), 'request ' || n
     FROM generate_series(1, $1::int) AS n WHERE NOT EXISTS (SELECT FROM log_leaf)`,
    [eventCount],
  )
  const once = { warmUp: 0, runs: 1 }
  const appended = await time(() => appendPending(database), once)
  yield within(
    section,
    `append ${eventCount.toLocaleString('en')} events (at least 1,000 a second)`,
    appended,
    eventCount,
  )
  const size = await logSize(database)
  let turn = 0
  const prove = () => {
    turn = (turn + 7_919_681) % size
    return proveInclusion(database, size, turn)
  }
  yield within(section, 'an inclusion proof', await time(prove, { warmUp: 20, runs: 200 }), 5)
  const bodies: string[] = []
  for (let from = 0; from < size; from += 10_000)
    for (const { body } of await findLeaves(database, from, 10_000)) bodies.push(body)
  const rebuild = async () => {
    const tree = new CompactTree()
    for (const body of bodies) tree.append(leafHash(utf8(body)))
    return tree.root()
  }
  yield within(section, 'rebuild the tree from all leaf documents in memory', await time(rebuild, once), 15_000)
}
