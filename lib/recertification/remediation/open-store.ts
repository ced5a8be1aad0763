import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

/** A remediation to be opened. */
export interface NewRemediation {
  id: string
  eventId: string
  itemId: string
  bindingId: string
  bindingSlug: string
  dueAt: Date
  note: string
  /** When it was decided. */
  aboutAt: Date
}

/**
 * Opens remediations, each for the team that owns enforcement of its binding, else privilege, as it is owned now; for
 * that owner's accountable person, else a lead of the team. Nobody who left, no team that was dissolved.
 */
export async function insertRemediations(
  db: Db,
  rows: readonly NewRemediation[],
  { campaignId, by, now }: { campaignId: string; by: string; now: Date },
): Promise<void> {
  await db.execute(sql`
    WITH r AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, "eventId" uuid, "itemId" uuid,
        "bindingId" uuid, "bindingSlug" text, "dueAt" timestamptz, note text, "aboutAt" timestamptz)
    ),
    owner AS (
      SELECT DISTINCT ON (r.id) r.id, e.team_id, COALESCE(
        (SELECT p.id FROM assignment a JOIN person p ON p.id = a.person_id WHERE a.id = e.assignment_id AND p.status = 'active'),
        (SELECT p.id FROM membership m JOIN person p ON p.id = m.person_id
         WHERE m.team_id = e.team_id AND m.role = 'lead' AND p.status = 'active' ORDER BY p.name, p.id LIMIT 1)) AS person_id
      FROM r JOIN effective_owner e ON e.binding_id = r."bindingId" AND e.layer IN ('enforcement', 'privilege')
      JOIN team t ON t.id = e.team_id AND t.status = 'active'
      ORDER BY r.id, e.layer = 'enforcement' DESC
    ),
    opened AS (
      INSERT INTO remediation (id, campaign_id, item_id, binding_id, binding_slug, team_id, assignee_id, due_at, created_at)
      SELECT r.id, ${campaignId}::uuid, r."itemId", r."bindingId", r."bindingSlug", o.team_id, o.person_id, r."dueAt", ${now}
      FROM r LEFT JOIN owner o ON o.id = r.id
      RETURNING id
    )
    INSERT INTO remediation_event (id, remediation_id, from_state, to_state, source, by, note, about_at, received_at)
    SELECT r."eventId", r.id, NULL, 'open', 'campaign', ${by}, r.note, r."aboutAt", ${now} FROM r JOIN opened o ON o.id = r.id`)
}

/** Brings the date that bindings carry in line with their remediations: the earliest that is outstanding. */
export async function keepDue(db: Db, bindingIds: readonly string[]): Promise<void> {
  if (bindingIds.length === 0) return
  await db.execute(sql`
    UPDATE binding b SET remediation_due_at = d.due_at
    FROM (
      SELECT x.id, (SELECT min(r.due_at) FROM remediation r WHERE r.binding_id = x.id AND r.state IN ('open', 'reopened')) AS due_at
      FROM unnest(${[...bindingIds]}::uuid[]) AS x(id)
    ) d
    WHERE b.id = d.id AND b.remediation_due_at IS DISTINCT FROM d.due_at`)
}
