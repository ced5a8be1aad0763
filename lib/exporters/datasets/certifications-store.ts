import { type Sql, sql } from '@/lib/db/sql'
import { certificationsInput } from '@/lib/recertification/report/certification-model'
import { bindingCertifications, ownershipCertifications } from '@/lib/recertification/report/certification-store'
import { policyOf } from '@/lib/settings/store'
import { described, type SqlColumn, selected, sqlDataset } from './columns-store'
import type { ColumnType } from './model'

/** The rows of `c` carry their instants as text already. */
const column = (id: string, title: string, type: ColumnType, value: Sql, description: string): SqlColumn => ({
  id,
  title,
  type,
  value,
  description,
})

const columns = [
  column(
    'key',
    'Key',
    'text',
    sql`c.kind || ':' || c.key`,
    '`access:` and the binding, or `ownership:` and the id of the assignment',
  ),
  column('kind', 'Kind', 'text', sql`c.kind`, 'access (of a binding) or ownership (of a layer)'),
  column('subject', 'Subject', 'text', sql`c.subject`, '`agent/tool@environment`, or `layer:scope:subject`'),
  column('agent', 'Agent', 'text', sql`c.agent`, 'Slug of the agent, where there is one'),
  column('tool', 'Tool', 'text', sql`c.tool`, 'Slug of the tool, where there is one'),
  column('layer', 'Layer', 'text', sql`c.layer`, 'The control layer, of ownership'),
  column('team', 'Team', 'text', sql`c.team`, 'Owner of entitlement, or the team that is the owner'),
  column('risk', 'Risk', 'text', sql`c.risk`, 'Risk tier of the binding'),
  column('state', 'State', 'text', sql`c.state`, 'State of the binding or of the assignment'),
  column('standing', 'Standing', 'text', sql`c.standing`, 'How its certification stands'),
  column('certified_at', 'Certified', 'instant', sql`c."certifiedAt"`, 'When it was last certified'),
  column('certified_by', 'Certified by', 'text', sql`c."certifiedBy"`, 'Who certified it'),
  column(
    'certified_until',
    'Certified until',
    'instant',
    sql`c."certifiedUntil"`,
    'By the cadence of its risk; empty for ownership',
  ),
  column('lost_at', 'Lost', 'instant', sql`c."lostAt"`, 'When a change took the certification away'),
  column('campaign', 'Campaign', 'text', sql`c.campaign`, 'Empty when it was certified outside of campaigns'),
  column('outcome', 'Outcome', 'text', sql`c.outcome`, 'What the campaign decided'),
  column('item', 'Review item', 'text', sql`c.item`, 'Id of the review item'),
  column(
    'unanswered_at',
    'Unanswered',
    'instant',
    sql`c."unansweredAt"`,
    'When a later campaign ended without an answer about it',
  ),
]

/** The last certification of every binding and every ownership. */
export const certificationsDataset = sqlDataset({
  name: 'certifications',
  title: 'Certifications',
  description: 'When each access and each ownership was last certified, by whom, until when, in which campaign',
  columns: described(columns),
  filter: certificationsInput.omit({ cursor: true, limit: true }),
  sorts: ['key'],
  async statements({ db, now }, filter) {
    const population = { filter, now, cadence: (await policyOf(db)).gaps.cadenceDays }
    // Access comes before ownership, as the keys do.
    return [
      ...(filter.kind === 'ownership' ? [] : [inOrder(bindingCertifications(population))]),
      ...(filter.kind === 'access' ? [] : [inOrder(ownershipCertifications(population))]),
    ]
  },
})

const inOrder = (rows: Sql): Sql => sql`SELECT ${selected(columns)} FROM (${rows}) c ORDER BY c.key COLLATE "C"`
