import { strict as assert } from 'node:assert'
import type { z } from 'zod'
import type { MatrixRow, matrixInputSchema, matrixPageSchema } from '@/lib/matrix/model'
import { matrixUseCases } from '@/lib/matrix/service'
import { runUseCase } from '@/lib/use-cases/run'
import type { Bench } from './database'
import { against, type Figure } from './figures'
import { type HandWritten, pageByHand } from './matrix-sql'
import { often, timeBoth } from './measure'

type MatrixInput = z.input<typeof matrixInputSchema>
type MatrixPage = z.output<typeof matrixPageSchema>

const section = 'Matrix'
const pageRows = 50
const deepRow = 50_000
const walkRows = 200
/** The first of the views are also looked at deep inside. */
const deepViews = 4

/** A view of the matrix, asked for through the use case and written by hand. */
interface View {
  name: string
  input: MatrixInput
  byHand: HandWritten
}

const active = `b.state = 'active'`
const bySlug = 'b.slug'
/** Binding by binding in order, for what many are. */
const having = (cell: string) =>
  `${active} AND EXISTS (SELECT FROM effective_owner e WHERE e.binding_id = b.id AND ${cell})`
/** All of them, then put in order, for what few are. */
const among = (cell: string) =>
  `${active} AND b.id = ANY(ARRAY(SELECT e.binding_id FROM effective_owner e WHERE ${cell}))`
const ofTeam = 'e.team_id = (SELECT id FROM team WHERE slug = $1)'
const agentsLike = '(SELECT id FROM agent WHERE name ILIKE $1 OR slug ILIKE $1)'
const toolsLike = '(SELECT id FROM tool WHERE name ILIKE $1 OR slug ILIKE $1)'
const manyLike = `${active} AND (b.agent_id IN ${agentsLike} OR b.tool_id IN ${toolsLike})`
const fewLike = `${active} AND (b.agent_id = ANY(ARRAY${agentsLike}) OR b.tool_id = ANY(ARRAY${toolsLike}))`
const byTool = 'b.tool_slug, b.slug'
const byRisk = 'b.risk DESC, b.slug'

const view = (name: string, input: MatrixInput, where: string, order = bySlug, ...values: unknown[]): View => ({
  name,
  input,
  byHand: { where, ranges: ['TRUE'], order, values },
})

const viewsOf = ({ team, agent }: { team: string; agent: string }): View[] => [
  view('everything', {}, active),
  view('everything by tool', { sort: 'tool' }, active, byTool),
  view('everything by risk', { sort: 'risk' }, active, byRisk),
  view('unowned', { status: 'unowned' }, having(`e.status = 'unowned'`)),
  view(
    'orphaned or unconfirmed',
    { status: 'orphaned,unconfirmed' },
    having(`e.status IN ('orphaned', 'unconfirmed')`),
  ),
  view(
    'unowned enforcement, by risk',
    { status: 'unowned', layer: 'enforcement', sort: 'risk' },
    having(`e.status = 'unowned' AND e.layer = 'enforcement'`),
    byRisk,
  ),
  view('one team', { team }, among(ofTeam), bySlug, team),
  view('one team, orphaned', { team, status: 'orphaned' }, among(`${ofTeam} AND e.status = 'orphaned'`), bySlug, team),
  view('critical', { risk: 'critical' }, `${active} AND b.risk = 'critical'`),
  view('critical by tool', { risk: 'critical', sort: 'tool' }, `${active} AND b.risk = 'critical'`, byTool),
  view(
    'data sets in staging',
    { kind: 'dataset', environment: 'staging' },
    `${active} AND b.tool_id IN (SELECT id FROM tool WHERE kind = 'dataset') AND b.environment = 'staging'`,
  ),
  view('revoked', { state: 'revoked' }, `b.state = 'revoked'`),
  view('one agent', { agent }, `${active} AND b.agent_id = (SELECT id FROM agent WHERE slug = $1)`, bySlug, agent),
  view('text that many match', { text: 'fraud' }, manyLike, bySlug, '%fraud%'),
  view('text that few match', { text: agent }, fewLike, bySlug, `%${agent}%`),
  view('text that none match', { text: 'nowhere' }, fewLike, bySlug, '%nowhere%'),
]

const rowsOf = (bench: Bench, input: MatrixInput) => runUseCase(matrixUseCases['matrix.rows'], input, bench.run)

/** What comes after a row in an order. */
const afterRow: Record<string, (row: MatrixRow) => Pick<HandWritten, 'ranges' | 'values'>> = {
  [bySlug]: (row) => ({ ranges: ['b.slug > $1'], values: [row.slug] }),
  [byTool]: (row) => ({ ranges: ['(b.tool_slug, b.slug) > ($1, $2)'], values: [row.tool.slug, row.slug] }),
  [byRisk]: (row) => ({ ranges: ['b.risk = $1 AND b.slug > $2', 'b.risk < $1'], values: [row.risk, row.slug] }),
}

/** Walks down the pages as a client does, and gives the view from there on: deep inside, or at its last full page. */
async function deepIn(bench: Bench, { name, input, byHand }: View): Promise<View> {
  let here: { cursor: string; last: MatrixRow } | undefined
  for (let seen = 0; seen < deepRow; seen += walkRows) {
    const { rows, next }: MatrixPage = await rowsOf(bench, { ...input, limit: walkRows, cursor: here?.cursor })
    const last = rows.at(-1)
    if (!last || next === null) break
    here = { cursor: next, last }
  }
  const after = here && afterRow[byHand.order]?.(here.last)
  if (!here || !after) throw new Error(`The estate has no second page of "${name}"`)
  return {
    name,
    input: { ...input, cursor: here.cursor },
    byHand: { ...byHand, ...after },
  }
}

/** Pages of the matrix through the use case, each beside hand-written SQL that gives the same answer. */
export async function* measureMatrix(bench: Bench): AsyncGenerator<Figure> {
  const views = viewsOf(await namesIn(bench))
  for (const each of views) yield await measurePage(bench, `first page, ${each.name}`, each)
  for (const each of views.slice(0, deepViews)) {
    yield await measurePage(
      bench,
      `page near row ${deepRow.toLocaleString('en')}, ${each.name}`,
      await deepIn(bench, each),
    )
  }
}

async function measurePage(bench: Bench, what: string, { input, byHand }: View): Promise<Figure> {
  const product = () => rowsOf(bench, { ...input, limit: pageRows })
  const hand = () => pageByHand(bench.database.pool, byHand, pageRows + 1)
  assertSame((await product()).rows, await hand())
  return against(section, what, await timeBoth(product, hand, often), 'hand-written SQL', 1.5)
}

/** A ratio between different answers would say nothing. */
function assertSame(rows: readonly MatrixRow[], byHand: Awaited<ReturnType<typeof pageByHand>>): void {
  const ofProduct = rows.map(({ slug, cells }) => [
    slug,
    ...cells.map((cell) => `${cell.layer} ${cell.status} ${cell.team?.slug}`),
  ])
  const ofHand = byHand
    .slice(0, pageRows)
    .map(({ slug, cells }) => [slug, ...cells.map((cell) => `${cell.layer} ${cell.status} ${cell.team ?? undefined}`)])
  assert.deepEqual(ofProduct, ofHand)
}

/** A team and an agent that the filters name: of middling size, so that the filter is neither empty nor everything. */
async function namesIn({ database }: Bench): Promise<{ team: string; agent: string }> {
  const { rows } = await database.pool.query<{ team: string; agent: string }>(`
    SELECT (SELECT slug FROM team WHERE function = 'application' AND status = 'active' ORDER BY slug LIMIT 1) AS team,
      (SELECT g.slug FROM agent g JOIN binding b ON b.agent_id = g.id AND b.state = 'active'
       GROUP BY g.slug HAVING count(*) = 10 ORDER BY g.slug LIMIT 1) AS agent`)
  const [names] = rows
  if (!names) throw new Error('The estate has no such team or agent')
  return names
}
