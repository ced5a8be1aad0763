import { matrixUseCases } from '@/lib/matrix/service'
import { useCases } from '@/lib/use-cases/catalog'
import { runUseCase } from '@/lib/use-cases/run'
import type { Bench } from './database'
import { type Figure, within } from './figures'
import { often, time } from './measure'

const section = 'Counts, summaries and lists'

/** What a page asks for beside the rows of the matrix, and the first pages of the other lists. */
export async function* measureLists({ run }: Bench): AsyncGenerator<Figure> {
  const counts = matrixUseCases['matrix.counts']
  yield within(section, 'matrix counts, everything', await time(() => runUseCase(counts, {}, run), often), 150)
  yield within(
    section,
    'matrix counts, critical',
    await time(() => runUseCase(counts, { risk: 'critical' }, run), often),
    150,
  )
  yield within(
    section,
    'matrix counts, data sets (cell by cell)',
    await time(() => runUseCase(counts, { kind: 'dataset' }, run), often),
  )
  yield within(
    section,
    'matrix counts, text that many match (cell by cell)',
    await time(() => runUseCase(counts, { text: 'fraud' }, run), often),
  )

  const summaries = matrixUseCases['matrix.summaries']
  yield within(
    section,
    'matrix by agent, first page',
    await time(() => runUseCase(summaries, { view: 'agents' }, run), often),
    150,
  )
  yield within(
    section,
    'matrix by tool, first page',
    await time(() => runUseCase(summaries, { view: 'tools' }, run), often),
    150,
  )
  yield within(
    section,
    'matrix by agent, unowned, first page',
    await time(() => runUseCase(summaries, { view: 'agents', status: 'unowned' }, run), often),
    150,
  )

  yield within(
    section,
    'agents, first page',
    await time(() => runUseCase(useCases['agents.list'], {}, run), often),
    150,
  )
  yield within(section, 'tools, first page', await time(() => runUseCase(useCases['tools.list'], {}, run), often), 150)
  yield within(
    section,
    'bindings, first page',
    await time(() => runUseCase(useCases['bindings.list'], {}, run), often),
    150,
  )
  yield within(section, 'gaps, first page', await time(() => runUseCase(useCases['gaps.list'], {}, run), often), 150)
  yield within(
    section,
    'assignments, first page',
    await time(() => runUseCase(useCases['assignments.list'], {}, run), often),
    150,
  )
  yield within(section, 'overview', await time(() => runUseCase(useCases['overview.get'], {}, run), often), 150)
}
