import { z } from 'zod'
import { and, type Sql, sql } from '@/lib/db/sql'
import { assignmentConditions } from '@/lib/ownership/assignment-store'
import { assignmentFilterShape } from '@/lib/ownership/model'
import { assignmentQueryOf } from '@/lib/ownership/query'
import { described, selected, sqlColumn, sqlDataset } from './columns-store'

const subject = sql`COALESCE(agent.slug, tool.slug, point.slug, binding.slug)`

const columns = [
  sqlColumn('key', 'Key', 'text', sql`a.id::text`, 'Id of the assignment'),
  sqlColumn('name', 'Assignment', 'text', sql`concat_ws(':', a.layer, a.scope, ${subject})`, '`layer:scope:subject`'),
  sqlColumn('layer', 'Layer', 'text', sql`a.layer`, 'The control layer'),
  sqlColumn(
    'scope',
    'Scope',
    'text',
    sql`a.scope::text`,
    'What it is set on: organisation, enforcement_point, tool, agent or binding',
  ),
  sqlColumn('subject', 'Subject', 'text', subject, 'Slug of what it is set on; empty for the organisation'),
  sqlColumn(
    'subject_name',
    'Subject name',
    'text',
    sql`COALESCE(agent.name, tool.name, point.name, binding.slug)`,
    'Name of it',
  ),
  sqlColumn('team', 'Team', 'text', sql`team.slug`, 'Slug of the team that is named'),
  sqlColumn('team_name', 'Team name', 'text', sql`team.name`, 'Name of the team'),
  sqlColumn('person', 'Accountable person', 'text', sql`person.external_id`, 'External id of the accountable person'),
  sqlColumn('person_name', 'Accountable person name', 'text', sql`person.name`, 'Name of the accountable person'),
  sqlColumn(
    'deputies',
    'Deputies',
    'list',
    sql`ARRAY(SELECT p.external_id FROM assignment_deputy d JOIN person p ON p.id = d.person_id
      WHERE d.assignment_id = a.id ORDER BY d.position)`,
    'External ids of who is asked, in this order, when the accountable person leaves',
  ),
  sqlColumn('state', 'State', 'text', sql`a.state::text`, 'proposed, accepted, declined or ended'),
  sqlColumn(
    'credible',
    'Credible',
    'boolean',
    sql`(team.status = 'active' AND COALESCE(person.status = 'active', TRUE) AND manned.team_id IS NOT NULL)`,
    'Team active and with an active member; accountable person, if named, has not left',
  ),
  sqlColumn('valid_from', 'Valid from', 'instant', sql`a.valid_from`, 'From when it is true'),
  sqlColumn('valid_to', 'Valid to', 'instant', sql`a.valid_to`, 'Until when; empty for no end'),
  sqlColumn('proposed_at', 'Proposed', 'instant', sql`a.proposed_at`, 'When the team was named'),
  sqlColumn('set_by', 'Set by', 'text', sql`a.set_by`, 'Who named it'),
  sqlColumn('reason', 'Reason', 'text', sql`a.reason`, 'Why'),
  sqlColumn('decided_at', 'Decided', 'instant', sql`a.decided_at`, 'When the team accepted or declined'),
  sqlColumn('decided_by', 'Decided by', 'text', sql`a.decided_by`, 'Who did so'),
  sqlColumn('decision_reason', 'Reason of the decision', 'text', sql`a.decision_reason`, 'Why'),
  sqlColumn('certified_at', 'Certified', 'instant', sql`a.certified_at`, 'When a campaign last confirmed it'),
  sqlColumn('certified_by', 'Certified by', 'text', sql`a.certified_by`, 'Who confirmed it'),
  sqlColumn('campaign', 'Campaign', 'text', sql`campaign.slug`, 'The campaign that confirmed it'),
  sqlColumn(
    'supplies',
    'Cells',
    'number',
    sql`COALESCE(supplied.cells, 0)`,
    'Cells of the matrix that it is the effective owner of',
  ),
  sqlColumn('source', 'Source', 'text', sql`a.source`, 'Where it came from'),
  sqlColumn('version', 'Version', 'number', sql`a.version`, 'How often it changed, from 1 on'),
]

const orders: Record<string, Sql> = { key: sql`a.id`, newest: sql`a.id DESC` }

/** Every ownership assignment, whatever its state. */
export const assignmentsDataset = sqlDataset({
  name: 'assignments',
  title: 'Ownership assignments',
  description: 'Who was named as owner of which layer of what, by whom and why, and what came of it',
  columns: described(columns),
  filter: z.strictObject(assignmentFilterShape),
  sorts: ['key', 'newest'],
  async statements({ db }, filter, sort) {
    const conditions = assignmentConditions(await assignmentQueryOf(db, filter))
    return [
      sql`
        SELECT ${selected(columns)}
        FROM assignment a JOIN team ON team.id = a.team_id LEFT JOIN person ON person.id = a.person_id
        LEFT JOIN agent ON agent.id = a.agent_id LEFT JOIN tool ON tool.id = a.tool_id
        LEFT JOIN enforcement_point point ON point.id = a.point_id LEFT JOIN binding ON binding.id = a.binding_id
        LEFT JOIN review_item item ON item.id = a.certified_item_id LEFT JOIN campaign ON campaign.id = item.campaign_id
        LEFT JOIN (
          SELECT DISTINCT m.team_id FROM membership m JOIN person p ON p.id = m.person_id WHERE p.status = 'active'
        ) manned ON manned.team_id = a.team_id
        LEFT JOIN (
          SELECT e.assignment_id, count(*)::int AS cells FROM effective_owner e
          WHERE e.assignment_id IS NOT NULL GROUP BY e.assignment_id
        ) supplied ON supplied.assignment_id = a.id
        WHERE ${and(conditions)} ORDER BY ${orders[sort] ?? orders.key}`,
    ]
  },
})
