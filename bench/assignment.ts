import type { LayerId } from '@/lib/layers'
import { layerIds } from '@/lib/layers'
import type { OwnershipScope } from '@/lib/ownership/model'
import { ownershipUseCases } from '@/lib/ownership/service'
import { runUseCase } from '@/lib/use-cases/run'
import type { Bench } from './database'
import { type Figure, within } from './figures'
import { time } from './measure'

const section = 'Assigning an owner'

/** Names owners through the use case: transaction, cells, gaps and audit event included. Each time another team. */
export async function* measureAssignment(bench: Bench): AsyncGenerator<Figure> {
  const teams = await teamsIn(bench)
  const agents = await slugsOf(bench, 'agent', 10)
  const tools = await slugsOf(bench, 'tool', 100)
  let turn = 0
  const assign = (scope: OwnershipScope, subjects: readonly string[], layers: readonly LayerId[]) => () => {
    // Another subject each time, and another layer and team whenever one comes up again, so that something changes.
    const subject = subjects[turn % subjects.length]
    const round = Math.floor(turn / Math.max(1, subjects.length))
    const layer = layers[round % layers.length] ?? 'identity'
    turn += 1
    const input = {
      targets: [{ layer, scope, ...(subject !== undefined && { subject }) }],
      team: teams[turn % teams.length] ?? '',
      reason: 'Measured by the benchmark',
    }
    return runUseCase(ownershipUseCases['assignments.create'], input, { ...bench.run, now: new Date() })
  }
  const many = { warmUp: 10, runs: 60 }
  yield within(section, 'an agent with 10 bindings', await time(assign('agent', agents, layerIds), many), 20)
  yield within(
    section,
    'a tool with about 100 bindings',
    await time(assign('tool', tools, layerIds), { warmUp: 5, runs: 20 }),
  )
  yield within(
    section,
    'the whole organisation, one layer',
    await time(assign('organisation', [], ['identity', 'monitoring']), { warmUp: 2, runs: 6 }),
    5_000,
  )
}

/** Teams that own nothing yet: naming one always changes something. */
async function teamsIn({ database }: Bench): Promise<string[]> {
  const { rows } = await database.pool.query<{ slug: string }>(
    `SELECT slug FROM team t WHERE status = 'active' AND NOT EXISTS (SELECT FROM assignment a WHERE a.team_id = t.id)
     ORDER BY slug`,
  )
  if (rows.length < 2) throw new Error('The estate has no teams that own nothing')
  return rows.map((row) => row.slug)
}

/** Agents or tools with about that many active bindings. */
async function slugsOf({ database }: Bench, anchor: 'agent' | 'tool', bindings: number): Promise<string[]> {
  const { rows } = await database.pool.query<{ slug: string }>(
    `SELECT x.slug FROM ${anchor} x JOIN binding b ON b.${anchor}_id = x.id AND b.state = 'active'
     GROUP BY x.slug ORDER BY abs(count(*) - $1), x.slug LIMIT 40`,
    [bindings],
  )
  return rows.map((row) => row.slug)
}
