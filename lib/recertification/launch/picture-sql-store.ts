import { empty, type Sql, sql } from '@/lib/db/sql'

/**
 * SQL of the parts that pictures of both kinds have (lib/recertification/picture.ts). They are put together as json, which
 * is text, and made jsonb once when whole: jsonb would be taken apart and built anew at every level.
 */

/** An instant as pictures hold it: the same text in whatever time zone the session is, for pictures are compared. */
export const isoText = (instant: Sql): Sql =>
  sql`to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** A thing by its slug and name; null where an outer join found nothing. */
export const named = (thing: Sql): Sql =>
  sql`CASE WHEN ${thing}.id IS NOT NULL THEN json_build_object('slug', ${thing}.slug, 'name', ${thing}.name) END`

/** A person by their external id and name. */
export const namedPerson = (person: Sql): Sql =>
  sql`CASE WHEN ${person}.id IS NOT NULL THEN json_build_object('slug', ${person}.external_id, 'name', ${person}.name) END`

/**
 * Selects the open gaps by what they are on, from rows (subject_id, gap columns): the worst ten as `list`, and `count`.
 */
export const gapsBySubject = (gaps: Sql): Sql => sql`
  SELECT subject_id, count(*)::int AS count,
    json_agg(json_build_object('rule', rule, 'severity', severity) ORDER BY place) FILTER (WHERE place <= 10) AS list
  FROM (
    SELECT w.subject_id, w.rule, w.severity,
      row_number() OVER (PARTITION BY w.subject_id ORDER BY w.severity DESC, w.opened_at, w.gap_id) AS place
    FROM (${gaps}) w
  ) placed GROUP BY subject_id`

/** Whether a gap `g` is open: neither resolved nor excepted. */
export const gapIsOpen: Sql = sql`g.state NOT IN ('resolved', 'excepted')`

/**
 * What was known besides the facts: `certified` has certified_at and certified_by, `gaps` comes from gapsBySubject, and
 * `more` has further keys with their values, each after a comma.
 */
export const seenOf = (certified: Sql, gaps: Sql, lastUsedAt: Sql, more: Sql = empty): Sql => sql`json_build_object(
  'lastUsedAt', ${isoText(lastUsedAt)},
  'certifiedAt', ${isoText(sql`${certified}.certified_at`)}, 'certifiedBy', ${certified}.certified_by,
  'gaps', COALESCE(${gaps}.list, '[]'::json), 'gapCount', COALESCE(${gaps}.count, 0)${more})`

/** A picture as it is kept. */
export const pictureOf = (facts: Sql, seen: Sql): Sql =>
  sql`json_build_object('facts', ${facts}, 'seen', ${seen})::jsonb`

/**
 * How a subject `y` with its picture stands against the picture it was last certified by: the item `p`, outer-joined.
 * What was certified outside of campaigns, or by an item that is not there any more, cannot be compared.
 */
export const standing: Sql = sql`(CASE
  WHEN y.certified_at IS NULL THEN 'new'
  WHEN p.id IS NULL THEN 'unknown'
  WHEN p.picture -> 'facts' = y.picture -> 'facts' THEN 'unchanged'
  ELSE 'changed' END)::review_standing`

/** The id of a campaign's item by its number, so that neighbours in the list are neighbours on disk. */
export const itemId = (prefix: string, number: Sql): Sql =>
  sql`(${prefix}::text || lpad(to_hex(${number}), 12, '0'))::uuid`
