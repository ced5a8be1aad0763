import { and, empty, type Sql, sql } from '@/lib/db/sql'
import { gapQueryOf } from '@/lib/gaps/query'
import { rules } from '@/lib/gaps/rules'
import { listGapsInput } from '@/lib/gaps/shapes'
import {
  coveringException,
  gapConditions,
  gapsOfFilter,
  isOverdue,
  subjectName,
  unresolvedStates,
} from '@/lib/gaps/store/list'
import { controlsOf } from '@/lib/standards/controls'
import { described, selected, sqlColumn, sqlDataset } from './columns-store'

/** What the rules say beside each gap, as the statement looks it up. */
const titles = JSON.stringify(Object.fromEntries(rules.map(({ id, title }) => [id, title])))
const controls = JSON.stringify(
  Object.fromEntries(
    rules.map(({ id }) => [id, controlsOf(id).map((control) => `${control.framework.key}:${control.id}`)]),
  ),
)

const columnsAt = (now: Date) => [
  sqlColumn('key', 'Key', 'text', sql`g.id::text`, 'Id of the gap'),
  sqlColumn('rule', 'Rule', 'text', sql`g.rule`, 'Id of the rule that finds it'),
  sqlColumn('title', 'Title', 'text', sql`COALESCE(${titles}::jsonb ->> g.rule, g.rule)`, 'Title of the rule'),
  sqlColumn('layer', 'Layer', 'text', sql`g.layer`, 'The control layer it is about; empty when it is about none'),
  sqlColumn('severity', 'Severity', 'text', sql`g.severity::text`, 'By the risk of what it affects'),
  sqlColumn('state', 'State', 'text', sql`g.state::text`, 'Where the work on it stands'),
  sqlColumn(
    'subject_type',
    'Subject type',
    'text',
    sql`g.subject_type::text`,
    'What it is placed on, where it can be mended',
  ),
  sqlColumn(
    'subject',
    'Subject',
    'text',
    sql`g.subject_slug`,
    'Slug of what it is placed on; an assignment is `layer:scope:subject`',
  ),
  sqlColumn('subject_name', 'Subject name', 'text', sql`(${subjectName})`, 'Name of it; empty for the organisation'),
  sqlColumn(
    'point',
    'Enforcement point',
    'text',
    sql`point.slug`,
    'The enforcement point it is about, where a rule goes point by point',
  ),
  sqlColumn('affected', 'Affected bindings', 'number', sql`g.affected`, 'Active bindings that it affects'),
  sqlColumn('since', 'Since', 'instant', sql`g.opened_at`, 'When it opened'),
  sqlColumn('resolved_at', 'Resolved', 'instant', sql`g.resolved_at`, 'When the finding was gone'),
  sqlColumn('due_at', 'Due', 'instant', sql`g.due_at`, 'By when it should be gone'),
  sqlColumn(
    'overdue',
    'Overdue',
    'boolean',
    sql`COALESCE(${isOverdue(now)}, FALSE)`,
    'Whether that date has passed and nobody has accepted the risk',
  ),
  sqlColumn('assignee', 'Assignee', 'text', sql`assignee.external_id`, 'External id of who works on it'),
  sqlColumn('assignee_name', 'Assignee name', 'text', sql`assignee.name`, 'Name of who works on it'),
  sqlColumn(
    'exception',
    'Exception',
    'text',
    sql`x.cover ->> 'state'`,
    'Whether its risk is accepted: asked, in_force or expired',
  ),
  sqlColumn(
    'exception_expires',
    'Exception expires',
    'instant',
    sql`(x.cover ->> 'expires')::timestamptz`,
    'Until when the risk is accepted',
  ),
  sqlColumn('explanation', 'Explanation', 'text', sql`g.explanation`, 'What was found'),
  sqlColumn(
    'controls',
    'Controls',
    'list',
    sql`ARRAY(SELECT jsonb_array_elements_text(${controls}::jsonb -> g.rule))`,
    'Controls that the rule is evidence for: `framework:control`',
  ),
]

const orders: Record<string, Sql> = {
  key: sql`g.id`,
  severity: sql`g.severity DESC, g.opened_at DESC, g.id`,
  due: sql`g.due_at NULLS LAST, g.id`,
}

/** Every gap, resolved ones only when asked for by state, as in the list. */
export const gapsDataset = sqlDataset({
  name: 'gaps',
  title: 'Gaps',
  description:
    'What the rules find wrong, and where the work on it stands; without a state, those that are not resolved',
  columns: described(columnsAt(new Date(0))),
  filter: listGapsInput.omit({ cursor: true, limit: true, sort: true }),
  sorts: ['key', 'severity', 'due'],
  async statements(context, filter, sort) {
    const { now } = context
    const query = await gapQueryOf(context, { ...filter, sort: 'severity' })
    const ofTeams = gapsOfFilter(query)
    const states = filter.state ?? unresolvedStates
    return [
      sql`
        ${ofTeams ? sql`WITH of_team AS MATERIALIZED (${ofTeams})` : empty}
        SELECT ${selected(columnsAt(now))}
        FROM gap g LEFT JOIN enforcement_point point ON point.id = g.point_id LEFT JOIN person assignee ON assignee.id = g.assignee_id
        LEFT JOIN LATERAL (SELECT ${coveringException(now)} AS cover) x ON TRUE
        WHERE g.state = ANY(${states}::gap_state[]) AND ${and(gapConditions(query, now))} ORDER BY ${orders[sort] ?? orders.key}`,
    ]
  },
})
