import { z } from 'zod'
import { openedColumns } from '@/lib/audit/opening-store'
import { and, type Sql, sql } from '@/lib/db/sql'
import { commaList } from '@/lib/http/page'
import { instantSchema } from '@/lib/registry/shapes'
import { described, selected, sqlColumn, sqlDataset } from './columns-store'

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
  sqlColumn('request_id', 'Request', 'text', sql`e.request_id`, 'The request it came with'),
]

const subjectText = z.string().min(1).max(200)
const filterSchema = z.strictObject({
  subjectType: subjectText.optional().describe('Such as agent, tool, team, person, binding, assignment'),
  subjectId: subjectText.optional(),
  action: commaList(z.string().max(100)).optional().describe('Such as assignments.create'),
  actor: z.uuid().optional().describe('Id of the account'),
  since: instantSchema.optional().describe('At this instant or later'),
  until: instantSchema.optional().describe('Before this instant'),
})

function conditionsOf({ subjectType, subjectId, action, actor, since, until }: z.output<typeof filterSchema>): Sql[] {
  return [
    ...(subjectType ? [sql`e.subject_type = ${subjectType}`] : []),
    ...(subjectId ? [sql`e.subject_id = ${subjectId}`] : []),
    ...(action ? [sql`e.action = ANY(${action}::text[])`] : []),
    ...(actor ? [sql`e.actor_id = ${actor}::uuid`] : []),
    ...(since ? [sql`e.at >= ${new Date(since)}`] : []),
    ...(until ? [sql`e.at < ${new Date(until)}`] : []),
  ]
}

const orders: Record<string, Sql> = { key: sql`e.sequence`, newest: sql`e.sequence DESC` }

/** Every change ever made. */
export const auditDataset = sqlDataset({
  name: 'audit',
  title: 'Audit events',
  description: 'Who did what to what, when and why, with what changed',
  columns: described(columns),
  filter: filterSchema,
  sorts: ['key', 'newest'],
  async statements(_, filter, sort) {
    return [
      sql`SELECT ${selected(columns)} FROM audit_event e WHERE ${and(conditionsOf(filter))} ORDER BY ${orders[sort] ?? orders.key}`,
    ]
  },
})
