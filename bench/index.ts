import { randomBytes } from 'node:crypto'
import { scratchDirectory } from '@/scripts/support/scratch'
import { supervise, type Teardown } from '@/scripts/support/teardown'
import { measureAssignment } from './assignment'
import { measureAudit } from './audit'
import { openBench, startServer } from './database'
import { measureDelegations } from './delegations'
import { measureEdit } from './edit'
import { sizeOf } from './estate/size'
import { measureEvaluation } from './evaluation'
import { measureExports } from './exports'
import type { Figure } from './figures'
import { measureHistory } from './history'
import { measureHttp } from './http'
import { measureImport } from './import'
import { measureLists } from './lists'
import { measureLog } from './log'
import { describeMachine } from './machine'
import { measureMatrix } from './matrix'
import { measureClosing } from './recertification-close'
import { measureLaunch } from './recertification-launch'
import { keepResults, lineOf } from './report'
import { measureReviews } from './reviews'
import { measureVerify } from './verify'
import { measureWhatIf } from './whatif'

const keep = '--keep'

/**
 * `npm run bench` measures on the large estate, in a database of its own, and keeps the figures in bench/results.json
 * and docs/performance.md, part by part. `npm run bench -- PART …` measures some parts, in their order, and only prints;
 * with `--keep` their figures take the place of those kept. BENCH_SCALE=0.05 makes a smaller estate, and only prints too:
 * its figures say nothing about the large one.
 */
async function main(teardown: Teardown, parameters: string[]): Promise<number> {
  const chosen = parameters.filter((parameter) => parameter !== keep)
  const keeps = chosen.length === 0 || parameters.includes(keep)
  const scale = Number(process.env.BENCH_SCALE ?? 1)
  if (!(scale > 0)) throw new Error('BENCH_SCALE must be a number above 0')
  // Cursors are signed with it; nothing here outlives the run.
  process.env.NEXTAUTH_SECRET ??= randomBytes(32).toString('base64url')
  const size = sizeOf(scale)
  const scratch = await teardown.hold(scratchDirectory('bench'), (held) => held.remove())
  const server = await startServer(teardown, scratch.path)
  const bench = await openBench(teardown, await server.ensureDatabase('bench'), size)
  const machine = await describeMachine(bench.database.pool, bench.now)
  const parts: Record<string, () => AsyncGenerator<Figure>> = {
    matrix: () => measureMatrix(bench),
    lists: () => measureLists(bench),
    evaluation: () => measureEvaluation(bench),
    whatif: () => measureWhatIf(bench),
    delegations: () => measureDelegations(),
    exports: () => measureExports(bench),
    log: () => measureLog(teardown, server),
    verify: () => measureVerify(scratch.path, scale),
    audit: () => measureAudit(teardown, server, bench.run),
    http: () => measureHttp(teardown, bench, scratch.path),
    reviews: () => measureReviews(bench),
    // These change the estate, so they come after what looks at it.
    edit: () => measureEdit(bench),
    assignment: () => measureAssignment(bench),
    closing: () => measureClosing(bench),
    // Leaves owners behind that do not follow from anything.
    history: () => measureHistory(bench),
    // Five times as many bindings afterwards: nothing but the import, in a database of its own, comes after it.
    launch: () => measureLaunch(teardown, bench),
    import: async function* () {
      yield* measureImport(teardown, scratch.path, await server.ensureDatabase('import'), size)
    },
  }
  const order = Object.keys(parts)
  const names = chosen.length > 0 ? chosen : order
  const unknown = names.find((name) => !parts[name])
  if (unknown !== undefined) throw new Error(`There is no part '${unknown}'; there are ${order.join(', ')}`)
  for (const name of order.filter((each) => names.includes(each))) {
    console.log(`\n── ${name}`)
    const figures: Figure[] = []
    for await (const figure of parts[name]?.() ?? []) {
      figures.push(figure)
      console.log(lineOf(figure))
    }
    if (keeps && scale === 1) await keepResults(size, { [name]: { machine, figures } }, order)
  }
  return 0
}

await supervise((teardown) => main(teardown, process.argv.slice(2)), { interruptedCode: 130 })
