import { z } from 'zod'
import { auditFilterShape } from '@/lib/audit/filter'
import { conditionsOf } from '@/lib/audit/list-store'
import { openedColumns } from '@/lib/audit/opening-store'
import { and, type Sql, sql } from '@/lib/db/sql'
import { described, selected, sqlColumn, sqlDataset } from './columns-store'

/** Personal values stand apart from an event; those that were erased show as the commitments to them. */
const told = openedColumns('e')

const columns = [
  sqlColumn('key', 'Key', 'text', sql`lpad(e.sequence::text, 15, '0')`, 'The sequence number in fifteen digits'),
  sqlColumn('id', 'Event', 'text', sql`e.id::text`, 'Id of the event'),
  sqlColumn('sequence', 'Sequence', 'number', sql`e.sequence::float8`, 'Number of the event'),
  sqlColumn('at', 'At', 'instant', sql`e.at`, 'When it happened'),
  sqlColumn('actor_kind', 'Actor kind', 'text', sql`e.actor_kind::text`, 'account, token or system'),
  sqlColumn('actor_id', 'Actor id', 'text', sql`e.actor_id::text`, 'Id of the account'),
  sqlColumn('actor', 'Actor', 'text', told.actorName, 'Who did it'),
  sqlColumn('action', 'Action', 'text', sql`e.action`, 'What was done'),
  sqlColumn('subject_type', 'Subject type', 'text', sql`e.subject_type`, 'What kind of thing it was done to'),
  sqlColumn('subject_id', 'Subject id', 'text', sql`e.subject_id`, 'To which'),
  sqlColumn('reason', 'Reason', 'text', told.reason, 'Why'),
  sqlColumn('before', 'Before', 'text', sql`(${told.before})::text`, 'The fields that changed, before, as JSON'),
  sqlColumn('after', 'After', 'text', sql`(${told.after})::text`, 'The fields that changed, after, as JSON'),
  sqlColumn('door', 'Door', 'text', sql`e.door::text`, 'Through which door it came: screen, api, cli, import or job'),
  sqlColumn('request_id', 'Request', 'text', sql`e.request_id`, 'The request it came with'),
]

const orders: Record<string, Sql> = { key: sql`e.sequence`, newest: sql`e.sequence DESC` }

/** Every change ever made. */
export const auditDataset = sqlDataset({
  name: 'audit',
  title: 'Audit events',
  description: 'Who did what to what, when and why, with what changed',
  columns: described(columns),
  // Those of the log that an event meets by itself.
  filter: z.strictObject(auditFilterShape).omit({ about: true, after: true }),
  sorts: ['key', 'newest'],
  async statements(_, filter, sort) {
    return [
      sql`SELECT ${selected(columns)} FROM audit_event e WHERE ${and(conditionsOf(filter, sql`e`))} ORDER BY ${orders[sort] ?? orders.key}`,
    ]
  },
})
