import { strict as assert } from 'node:assert'
import { evaluateAll } from '@/lib/gaps/evaluate'
import { indexPicture } from '@/lib/gaps/indexed-picture'
import { defaultGapPolicy } from '@/lib/gaps/model'
import { evaluateEverything } from '@/lib/gaps/reevaluate'
import { loadPicture } from '@/lib/gaps/store/load-picture'
import { layerIds } from '@/lib/layers'
import { rebuildCells } from '@/lib/ownership/store'
import { type Bench, contextIn } from './database'
import { against, type Figure, within } from './figures'
import { seldom, time, timeBoth, timingOf } from './measure'

const section = 'Resolution and rules'
const together = 5_000

/** Everything resolved and evaluated anew on an estate that is right: what the scheduled job and the rebuild do. */
export async function* measureEvaluation(bench: Bench): AsyncGenerator<Figure> {
  const { database, now } = bench
  const scan = () =>
    database.pool.query('SELECT count(*), count(assignment_id), count(team_id), max(status) FROM effective_owner')

  const [resolution, resolutionScan] = await timeBoth(() => rebuild(bench), scan, seldom)
  yield against(section, 'resolve every cell in the database, write none', [resolution, resolutionScan], scanName)

  const evaluate = () => database.transaction((db) => evaluateEverything(contextIn(db, now)))
  const unchanged = { opened: 0, reopened: 0, excepted: 0, updated: 0, resolved: 0 }
  assert.deepEqual(await evaluate(), unchanged)
  const [evaluation, evaluationScan] = await timeBoth(evaluate, scan, seldom)
  yield against(
    section,
    'load the estate, evaluate every rule, compare with the gaps kept',
    [evaluation, evaluationScan],
    scanName,
  )

  const both = timingOf([resolution.p50 + evaluation.p50])
  yield within(section, 'both, one after the other', both, together)

  const picture = await loadPicture(database)
  const context = { now: now.getTime(), policy: defaultGapPolicy }
  yield within(section, 'of it: load the estate', await time(() => loadPicture(database), seldom))
  yield within(section, 'of it: the rules alone', await time(async () => evaluateAll(picture, context), seldom))
  const indexed = indexPicture(picture, context.now)
  const resolveAll = async () => {
    for (const binding of picture.bindings.values()) for (const layer of layerIds) indexed.ownerOf(binding, layer)
  }
  yield within(section, 'for comparison: the pure function on every active cell', await time(resolveAll, seldom))
}

const scanName = 'one scan of the cells'

async function rebuild({ database, now }: Bench): Promise<void> {
  const { cells } = await database.transaction((db) => rebuildCells(db, now))
  assert.equal(cells, 0, 'The estate was not right')
}
