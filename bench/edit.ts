import { lockEstate, settle } from '@/lib/estate/settle'
import { type Bench, contextIn } from './database'
import { type Figure, within } from './figures'
import { time } from './measure'

const section = 'Editing the estate'
const withinMs = 50

/** Edits what exactly ten active bindings hang on; owners and gaps follow in the same transaction. Another agent each time. */
export async function* measureEdit(bench: Bench): AsyncGenerator<Figure> {
  const { database, now } = bench
  const { rows: agents } = await database.pool.query<{ id: string; bindings: string[] }>(
    `SELECT agent_id AS id, array_agg(id::text) AS bindings FROM binding WHERE state = 'active'
     GROUP BY agent_id HAVING count(*) = 10 ORDER BY agent_id LIMIT 200`,
  )
  let turn = 0
  const edit = (statement: string, of: 'agents' | 'bindings') => () =>
    database.transaction(async (db) => {
      const context = contextIn(db, now)
      const agent = agents[turn % agents.length]
      turn += 1
      if (!agent) throw new Error('The estate has no agent with ten bindings')
      const changed = of === 'agents' ? [agent.id] : agent.bindings
      await lockEstate(context)
      await db.prisma.$executeRawUnsafe(statement, changed)
      await settle(context, { [of]: changed })
    })
  const many = { warmUp: 10, runs: 60 }
  const autonomy = `UPDATE agent SET autonomy = CASE autonomy WHEN 'autonomous' THEN 'supervised'::autonomy ELSE 'autonomous' END
    WHERE id = ANY($1::uuid[])`
  yield within(
    section,
    'the autonomy of an agent with 10 bindings',
    await time(edit(autonomy, 'agents'), many),
    withinMs,
  )
  const risk = `UPDATE binding SET risk = CASE risk WHEN 'high' THEN 'low'::risk_tier ELSE 'high' END WHERE id = ANY($1::uuid[])`
  // Gaps on a tool are as severe as the riskiest of its bindings, so all of those are looked at: some tools have thousands.
  yield within(
    section,
    'the risk of 10 bindings to 10 tools, with all bindings of these',
    await time(edit(risk, 'bindings'), many),
  )
}
