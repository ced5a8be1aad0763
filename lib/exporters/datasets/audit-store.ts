import { z } from 'zod'
import { auditFilterShape } from '@/lib/audit/filter'
import { lookedUp } from '@/lib/audit/found'
import { conditionsOf, eventsAbout } from '@/lib/audit/list-store'
import { openedColumns } from '@/lib/audit/opening-store'
import { and, type Sql, sql } from '@/lib/db/sql'
import { described, selected, sqlColumn, sqlDataset } from './columns-store'

/** Personal values stand apart from an event; those that were erased show as the commitments to them. */
const told = openedColumns('e')

/** What differs between an event as a whole and, in the history of a thing, one change of it. */
interface Told {
  key: Sql
  subjectType: Sql
  subjectId: Sql
  before: Sql
  after: Sql
}

const columnsOf = ({ key, subjectType, subjectId, before, after }: Told) => [
  sqlColumn('key', 'Key', 'text', key, 'The sequence number in fifteen digits; in a history, with that of the change'),
  sqlColumn('id', 'Event', 'text', sql`e.id::text`, 'Id of the event'),
  sqlColumn('sequence', 'Sequence', 'number', sql`e.sequence::float8`, 'Number of the event'),
  sqlColumn('at', 'At', 'instant', sql`e.at`, 'When it happened'),
  sqlColumn('actor_kind', 'Actor kind', 'text', sql`e.actor_kind::text`, 'account, token or system'),
  sqlColumn('actor_id', 'Actor id', 'text', sql`e.actor_id::text`, 'Id of the account'),
  sqlColumn('actor', 'Actor', 'text', told.actorName, 'Who did it'),
  sqlColumn('action', 'Action', 'text', sql`e.action`, 'What was done'),
  sqlColumn('subject_type', 'Subject type', 'text', subjectType, 'What kind of thing it was done to'),
  sqlColumn('subject_id', 'Subject id', 'text', subjectId, 'To which'),
  sqlColumn('reason', 'Reason', 'text', told.reason, 'Why'),
  sqlColumn('before', 'Before', 'text', sql`(${before})::text`, 'The fields that changed, before, as JSON'),
  sqlColumn('after', 'After', 'text', sql`(${after})::text`, 'The fields that changed, after, as JSON'),
  sqlColumn(
    'door',
    'Door',
    'text',
    sql`e.door::text`,
    'Through which door it came: screen, api, cli, import, job or scim',
  ),
  sqlColumn('request_id', 'Request', 'text', sql`e.request_id`, 'The request it came with'),
]

const eventKey = sql`lpad(e.sequence::text, 15, '0')`
const columns = columnsOf({
  key: eventKey,
  subjectType: sql`e.subject_type`,
  subjectId: sql`e.subject_id`,
  before: told.before,
  after: told.after,
})
const columnsAbout = columnsOf({
  ...eventsAbout,
  key: sql`${eventKey} || CASE WHEN a.change_id = 0 THEN '' ELSE '-' || lpad(a.change_id::text, 15, '0') END`,
})

const orders: Record<string, Sql> = { key: sql`e.sequence`, newest: sql`e.sequence DESC` }
const ordersAbout: Record<string, Sql> = {
  key: sql`a.sequence, a.change_id`,
  newest: sql`a.sequence DESC, a.change_id DESC`,
}

/** Every change ever made; of one thing, as its history tells them: one by one, those that an event made together. */
export const auditDataset = sqlDataset({
  name: 'audit',
  title: 'Audit events',
  description: 'Who did what to what, when and why, with what changed',
  columns: described(columns),
  // Those of the log, but for what waits for news.
  filter: z.strictObject(auditFilterShape).omit({ after: true }),
  sorts: ['key', 'newest'],
  async statements({ db }, filter, sort) {
    const { thing, ...found } = await lookedUp(db, filter)
    if (thing === undefined)
      return [
        sql`SELECT ${selected(columns)} FROM audit_event e WHERE ${and(conditionsOf(found, sql`e`))} ORDER BY ${orders[sort] ?? orders.key}`,
      ]
    const conditions = [sql`a.thing_id = ${thing}::uuid`, ...conditionsOf(found, sql`a`)]
    return [
      sql`SELECT ${selected(columnsAbout)} FROM ${eventsAbout.from} WHERE ${and(conditions)} ORDER BY ${ordersAbout[sort] ?? ordersAbout.key}`,
    ]
  },
})
