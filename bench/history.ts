import { strict as assert } from 'node:assert'
import { gapUseCases } from '@/lib/gaps/service'
import { matrixUseCases } from '@/lib/matrix/service'
import { ownershipUseCases } from '@/lib/ownership/service'
import { registryUseCases } from '@/lib/registry/use-cases'
import { runUseCase } from '@/lib/use-cases/run'
import type { Bench } from './database'
import { rowsOf } from './exports'
import { against, type Figure, within } from './figures'
import { durationOf, often, seldom, time, timeBoth, timingOf } from './measure'

const section = 'History'
const pastRatioMax = 2
const exportMsMax = 10_000
const overheadMax = 1.5

/** Reading the past beside the present, after a fifth of the estate was written anew; and what keeping it costs. */
export async function* measureHistory(bench: Bench): AsyncGenerator<Figure> {
  // There is no past before the first thing that anybody did.
  await runUseCase(registryUseCases['people.create'], { name: 'Bench' }, { ...bench.run, now: new Date() })
  const asOf = new Date()
  await writeAnew(bench)
  const [present, past] = [
    { ...bench.run, now: new Date() },
    { ...bench.run, now: new Date(), asOf },
  ]
  const pages = {
    matrix: (run: typeof present) => runUseCase(matrixUseCases['matrix.rows'], {}, run),
    'matrix, unowned': (run: typeof present) => runUseCase(matrixUseCases['matrix.rows'], { status: 'unowned' }, run),
    gaps: (run: typeof present) => runUseCase(gapUseCases['gaps.list'], {}, run),
    agents: (run: typeof present) => runUseCase(registryUseCases['agents.list'], {}, run),
  }
  for (const [name, page] of Object.entries(pages)) {
    const both = await timeBoth(
      () => page(past),
      () => page(present),
      often,
    )
    yield against(section, `first page of the past: ${name}`, both, 'the present', pastRatioMax)
  }
  const written = { ...bench, now: past.now, run: past }
  const cells = await rowsOf(written, 'csv')
  const whole = await time(() => rowsOf(written, 'csv'), seldom)
  yield within(section, `CSV of ${cells.toLocaleString('en')} cells as of the past`, whole, exportMsMax)
  yield await overheadOf(bench)
}

/** Writes a fifth of all bindings, their owners and the gaps once more, so that the past has rows of its own. */
async function writeAnew({ database }: Bench): Promise<void> {
  const fifth = `('x' || right(id::text, 4))::bit(16)::int % 5 = 0`
  await database.pool.query(`UPDATE binding SET version = version + 1 WHERE ${fifth}`)
  await database.pool.query(
    `UPDATE effective_owner SET status = 'unconfirmed' WHERE status = 'owned' AND binding_id IN (SELECT id FROM binding WHERE ${fifth})`,
  )
  await database.pool.query(`UPDATE gap SET affected = affected + 1 WHERE ${fifth}`)
  await database.pool.query('VACUUM ANALYZE')
}

const assignments = 60

/** Naming an owner with history and log, and without them, by turns. */
async function overheadOf(bench: Bench): Promise<Figure> {
  const { rows: teams } = await bench.database.pool.query<{ slug: string }>(
    `SELECT slug FROM team t WHERE status = 'active' AND NOT EXISTS (SELECT FROM assignment a WHERE a.team_id = t.id) ORDER BY slug`,
  )
  const { rows: agents } = await bench.database.pool.query<{ slug: string }>(
    `SELECT g.slug FROM agent g JOIN binding b ON b.agent_id = g.id AND b.state = 'active'
     GROUP BY g.slug ORDER BY abs(count(*) - 10), g.slug LIMIT 400`,
  )
  assert.ok(teams.length > 1 && agents.length === 400)
  let turn = 0
  const assign = () => {
    turn += 1
    const target = { layer: 'monitoring' as const, scope: 'agent' as const, subject: agents[turn]?.slug ?? '' }
    const input = { targets: [target], team: teams[turn % teams.length]?.slug ?? '', reason: 'Measured' }
    return runUseCase(ownershipUseCases['assignments.create'], input, { ...bench.run, now: new Date() })
  }
  const durations: Record<'kept' | 'let', number[]> = { kept: [], let: [] }
  for (let round = 0; round < 6; round += 1) {
    for (const way of ['kept', 'let'] as const) {
      await setKeeping(bench, way === 'kept')
      for (let n = 0; n < assignments / 2; n += 1) {
        const duration = await durationOf(assign)
        if (round > 0) durations[way].push(duration)
      }
    }
  }
  await setKeeping(bench, true)
  return against(
    section,
    'naming an owner of an agent with 10 bindings',
    [timingOf(durations.kept), timingOf(durations.let)],
    'the same without history and log',
    overheadMax,
  )
}

/** Turns the triggers that keep history and feed the log on or off. */
async function setKeeping({ database }: Bench, isKept: boolean): Promise<void> {
  const { rows } = await database.pool.query<{ statement: string }>(
    `SELECT format('ALTER TABLE %s ${isKept ? 'ENABLE' : 'DISABLE'} TRIGGER %I', tgrelid::regclass, tgname) AS statement
     FROM pg_trigger WHERE tgname LIKE 'zz_history%' OR tgfoid = 'note_log_pending'::regproc`,
  )
  await database.pool.query(rows.map(({ statement }) => statement).join(';'))
}
