import type { Database } from '@/lib/db/client'
import { randomOf } from '@/lib/gaps/testing/random'
import { assignmentsOf } from './estate/assignments'
import { bindingsOf, pathsOf } from './estate/bindings'
import { attestationsOf, contractsOf, delegationsOf, exceptionsOf, parityOf } from './estate/evidence'
import { copyInto } from './estate/load'
import { membershipsOf, peopleOf, pointsOf, teamsOf } from './estate/organisation'
import { agentsOf, toolsOf } from './estate/registry'
import { daysBefore, type Row } from './estate/rows'
import type { EstateSize } from './estate/size'

const seed = 5

/** The estate as rows by table, in the order in which they can be loaded. The same size and day give the same rows. */
export function makeEstate(size: EstateSize, now: Date): [table: string, rows: readonly Row[]][] {
  const random = randomOf(seed)
  const ago = daysBefore(now)
  const people = peopleOf(random, size, ago)
  const teams = teamsOf(size, ago)
  const points = pointsOf(random, size, ago)
  const agents = agentsOf(random, size, ago)
  const tools = toolsOf(random, size, points, ago)
  const bindings = bindingsOf(random, size, agents, tools, ago)
  const paths = pathsOf(random, bindings, tools, points)
  const assignments = assignmentsOf(random, { people, teams, agents, tools, points, bindings }, ago)
  const contracts = contractsOf(random, tools, teams, ago)
  const governed = { bindings, paths, points, contracts }
  const parity = parityOf(random, governed, ago)
  return [
    ['person', people],
    ['team', teams],
    ['membership', membershipsOf(people, teams)],
    ['enforcement_point', points],
    ['agent', agents],
    ['tool', tools],
    ['binding', bindings],
    ['path_step', paths],
    ['assignment', assignments],
    ['delegation', delegationsOf(agents, ago)],
    ['contract', contracts],
    ['attestation', attestationsOf(random, governed, ago)],
    ['parity_run', parity.runs],
    ['parity_answer', parity.answers],
    ['gap_exception', exceptionsOf(random, bindings, ago)],
  ]
}

/** Loads it in one transaction, and lets the planner know, as autovacuum would within a minute. */
export async function loadEstate(database: Database, size: EstateSize, now: Date): Promise<void> {
  const client = await database.pool.connect()
  try {
    await client.query('BEGIN')
    for (const [table, rows] of makeEstate(size, now)) await copyInto(client, table, rows)
    await client.query('COMMIT')
    await client.query('ANALYZE')
  } finally {
    client.release()
  }
}
