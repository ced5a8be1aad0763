import { strict as assert } from 'node:assert'
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { evaluateAll } from '@/lib/gaps/evaluate'
import { indexPicture } from '@/lib/gaps/indexed-picture'
import { defaultGapPolicy } from '@/lib/gaps/model'
import { evaluateEverything } from '@/lib/gaps/reevaluate'
import { rules } from '@/lib/gaps/rules'
import { loadPicture } from '@/lib/gaps/store/load-picture'
import { layerIds } from '@/lib/layers'
import { cellsAreRight } from '@/lib/ownership/store'
import { type Bench, contextIn } from './database'
import { measureDelegation } from './delegation'
import { against, type Figure, within } from './figures'
import { compareWithSql } from './findings-sql'
import { seldom, time, timeBoth } from './measure'

const section = 'Resolution and rules'
const evaluationMs = 5_000
const megabytesMax = 700

/** Everything resolved and evaluated anew on an estate that is right: what the scheduled job looks at. */
export async function* measureEvaluation(bench: Bench): AsyncGenerator<Figure> {
  const { database, now } = bench
  const scan = () =>
    database.pool.query('SELECT count(*), count(assignment_id), count(team_id), max(status) FROM effective_owner')

  const resolve = async () =>
    assert.ok(await database.snapshot((db) => cellsAreRight(db, now)), 'The estate was not right')
  yield against(section, 'resolve every cell in the database', await timeBoth(resolve, scan, seldom), scanName)

  const evaluate = () => database.transaction((db) => evaluateEverything(contextIn(db, now)))
  assert.deepEqual(await evaluate(), { opened: 0, reopened: 0, excepted: 0, updated: 0, resolved: 0 })
  const gaps = await database.prisma.gap.count({ where: { state: { not: 'resolved' } } })
  const what = `load the estate, evaluate all ${rules.length} rules, compare with the ${gaps.toLocaleString('en')} gaps kept`
  yield within(section, what, await time(evaluate, seldom), evaluationMs)
  yield await memoryOf(bench)

  const picture = await loadPicture(database)
  const limits = { now: now.getTime(), policy: defaultGapPolicy }
  yield within(section, 'of it: load the estate', await time(() => loadPicture(database), seldom))
  yield within(section, 'of it: the rules alone', await time(async () => evaluateAll(picture, limits), seldom))
  const indexed = indexPicture(picture, limits.now)
  const resolveAll = async () => {
    for (const binding of picture.bindings.values()) for (const layer of layerIds) indexed.ownerOf(binding, layer)
  }
  yield within(section, 'for comparison: the pure function on every active cell', await time(resolveAll, seldom))
  yield* compareWithSql(bench, picture, section)
  yield* measureDelegation(section)
}

const scanName = 'one scan of the cells'

const outcomeSchema = z.object({ right: z.literal(true), megabytes: z.number() })

/** The same in a process of its own, so that its memory is that of the evaluation. */
async function memoryOf({ connectionString, now }: Bench): Promise<Figure> {
  const script = path.resolve('bench', 'evaluation-process.ts')
  const parameters = ['--conditions=react-server', '--import', 'tsx', script, now.toISOString()]
  const env = { ...process.env, DATABASE_URL: connectionString }
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { env })
  const { megabytes } = outcomeSchema.parse(JSON.parse(stdout))
  return {
    section,
    what: 'memory of a process that does it, at most',
    amount: `${megabytes.toFixed(0)} MB`,
    aim: { text: `≤ ${megabytesMax} MB`, met: megabytes <= megabytesMax },
  }
}
