import { type Sql, sql } from '@/lib/db/sql'
import { type MatrixSort, matrixFilterSchema } from '@/lib/matrix/model'
import { countCells } from '@/lib/matrix/store/counts'
import { cellCondition, narrow } from '@/lib/matrix/store/filter'
import { ownerStatuses } from '@/lib/ownership/model'
import { described, selected, sqlColumn, sqlDataset } from './columns-store'

const columns = [
  // A number sign sorts before every character of a slug, so that the order of keys is that of slugs, then layers.
  sqlColumn('key', 'Key', 'text', sql`b.slug || '#' || e.layer`, 'Binding and layer: `agent/tool@environment#layer`'),
  sqlColumn('binding', 'Binding', 'text', sql`b.slug`, '`agent/tool@environment`'),
  sqlColumn('agent', 'Agent', 'text', sql`agent.slug`, 'Slug of the agent'),
  sqlColumn('agent_name', 'Agent name', 'text', sql`agent.name`, 'Name of the agent'),
  sqlColumn(
    'agent_lifecycle',
    'Agent lifecycle',
    'text',
    sql`agent.lifecycle::text`,
    'Where the agent stands in its life',
  ),
  sqlColumn('tool', 'Tool', 'text', sql`b.tool_slug`, 'Slug of the tool'),
  sqlColumn('tool_name', 'Tool name', 'text', sql`tool.name`, 'Name of the tool'),
  sqlColumn('tool_kind', 'Tool kind', 'text', sql`tool.kind::text`, 'What the tool is'),
  sqlColumn('environment', 'Environment', 'text', sql`b.environment`, 'Where the agent calls the tool'),
  sqlColumn('state', 'State', 'text', sql`b.state::text`, 'State of the binding'),
  sqlColumn('risk', 'Risk', 'text', sql`b.risk::text`, 'Risk tier of the binding'),
  sqlColumn('layer', 'Layer', 'text', sql`e.layer`, 'The control layer'),
  sqlColumn('status', 'Ownership', 'text', sql`e.status::text`, 'owned, unconfirmed, orphaned or unowned'),
  sqlColumn('team', 'Owner team', 'text', sql`team.slug`, 'Slug of the effective owner; empty when unowned'),
  sqlColumn('team_name', 'Owner team name', 'text', sql`team.name`, 'Name of the effective owner'),
  sqlColumn('person', 'Accountable person', 'text', sql`person.external_id`, 'External id of the accountable person'),
  sqlColumn('person_name', 'Accountable person name', 'text', sql`person.name`, 'Name of the accountable person'),
  sqlColumn('source', 'Source', 'text', sql`e.source::text`, 'On what the owner was set: the scope of the assignment'),
  sqlColumn('assignment', 'Assignment', 'text', sql`a.id::text`, 'Id of the assignment that supplies the owner'),
  sqlColumn(
    'credible',
    'Credible',
    'boolean',
    sql`e.status IN ('owned', 'unconfirmed')`,
    'Whether the owner can answer for it',
  ),
  sqlColumn(
    'confirmed',
    'Confirmed',
    'boolean',
    sql`COALESCE(a.state = 'accepted', FALSE)`,
    'Whether the team has accepted',
  ),
  sqlColumn('since', 'Owner since', 'instant', sql`a.valid_from`, 'Since when the owner is valid'),
  sqlColumn('set_by', 'Set by', 'text', sql`a.set_by`, 'Who named the owner'),
  sqlColumn('reason', 'Reason', 'text', sql`a.reason`, 'Why'),
  sqlColumn('decided_by', 'Accepted by', 'text', sql`a.decided_by`, 'Who accepted or declined for the team'),
  sqlColumn(
    'gaps',
    'Gaps',
    'number',
    sql`COALESCE(found.gaps, 0)`,
    'Gaps that affect the binding and are not resolved',
  ),
]

const orders: Record<'key' | MatrixSort, Sql> = {
  key: sql`b.slug COLLATE "C", e.layer COLLATE "C"`,
  agent: sql`b.slug, l.position`,
  tool: sql`b.tool_slug, b.slug, l.position`,
  risk: sql`b.risk DESC, b.slug, l.position`,
}
type MatrixOrder = keyof typeof orders
const isOrder = (sort: string): sort is MatrixOrder => Object.hasOwn(orders, sort)

const cells = sqlDataset({
  name: 'matrix',
  title: 'Matrix',
  description:
    'Who owns each control layer of each binding, a row each: of active bindings, unless other states are asked for',
  columns: described(columns),
  filter: matrixFilterSchema,
  sorts: ['key', 'agent', 'tool', 'risk'],
  async statements({ db }, filter, sort) {
    const { bindings } = await narrow(db, filter)
    return [
      sql`
        SELECT ${selected(columns)}
        FROM binding b JOIN effective_owner e ON e.binding_id = b.id JOIN control_layer l ON l.id = e.layer
        JOIN agent ON agent.id = b.agent_id JOIN tool ON tool.id = b.tool_id
        LEFT JOIN assignment a ON a.id = e.assignment_id
        LEFT JOIN team ON team.id = e.team_id LEFT JOIN person ON person.id = a.person_id
        LEFT JOIN (
          SELECT x.binding_id, count(*)::int AS gaps FROM gap_binding x JOIN gap ON gap.id = x.gap_id
          WHERE gap.state <> 'resolved' GROUP BY x.binding_id
        ) found ON found.binding_id = b.id
        WHERE ${bindings} AND ${cellCondition(filter)} ORDER BY ${orders[isOrder(sort) ? sort : 'key']}`,
    ]
  },
})

/** Every cell of the matrix. Filters on layer, team and ownership narrow the cells themselves. */
export const matrixDataset: typeof cells = {
  ...cells,
  /** By the counters that the database keeps. */
  async count({ db }, filter, max) {
    const { layers } = await countCells(db, filter)
    const counts = layers
      .filter(({ layer }) => filter.layer?.includes(layer) ?? true)
      .flatMap((each) => (filter.status ?? ownerStatuses).map((status) => each.counts[status]))
    return Math.min(
      counts.reduce((sum, count) => sum + count, 0),
      max,
    )
  },
}
