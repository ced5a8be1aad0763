import { answerTo } from '@/lib/whatif/answer'
import { supposed } from '@/lib/whatif/suppose'
import { type Bench, contextIn } from './database'
import { against, type Figure, within } from './figures'
import { seldom, time } from './measure'

const section = 'What if'
const withinMs = 1000
const cellsWanted = 20_000

/** What dissolving the team would come to that owns nearest to 20,000 cells; beside it the same cells counted in SQL. */
export async function* measureWhatIf(bench: Bench): AsyncGenerator<Figure> {
  const { database, now } = bench
  const { rows } = await database.pool.query<{ id: string; slug: string; cells: number }>(
    `SELECT t.id, t.slug, count(*)::int AS cells
     FROM effective_owner e JOIN binding b ON b.id = e.binding_id AND b.state = 'active' JOIN team t ON t.id = e.team_id
     WHERE t.status = 'active' AND e.status <> 'orphaned'
     GROUP BY t.id ORDER BY abs(count(*) - ${cellsWanted}) LIMIT 1`,
  )
  const [team] = rows
  if (!team) throw new Error('The estate has no team that owns anything')
  const context = contextIn(database, now)
  const ask = async () => await answerTo(context, await supposed(context, [{ kind: 'dissolve_team', team: team.slug }]))
  const count = async () => {
    const counted = await database.pool.query<{ cells: number }>(
      `SELECT count(*)::int AS cells FROM effective_owner e JOIN binding b ON b.id = e.binding_id
       WHERE e.team_id = $1 AND e.status <> 'orphaned' AND b.state = 'active'`,
      [team.id],
    )
    return counted.rows[0]?.cells ?? 0
  }
  const [{ totals }, cells] = [await ask(), await count()]
  if (totals.owners !== cells) throw new Error(`What-if counts ${totals.owners} cells, SQL counts ${cells}`)
  const what = `dissolving a team that owns ${cells.toLocaleString('en')} cells`
  const timing = await time(ask, seldom)
  yield within(section, what, timing, withinMs)
  yield against(section, what, [timing, await time(count, seldom)], 'the same cells, only counted, in SQL')
}
