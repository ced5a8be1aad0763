import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { AssignmentState } from '@/lib/ownership/model'
import type { Estate } from '../estate/model'
import { keyOf } from '../keys'
import type { ImportKind } from '../model'
import type { OwnerDraft, PastOwner } from './owner-plan'

type Owner = Estate['owners'][number]

/** The subject of an incoming row `r` of layer, scope and subject. */
const subjectId = sql`CASE r.scope
  WHEN 'organisation' THEN '00000000-0000-0000-0000-000000000000'::uuid
  WHEN 'agent' THEN (SELECT x.id FROM agent x WHERE x.slug = r.subject)
  WHEN 'tool' THEN (SELECT x.id FROM tool x WHERE x.slug = r.subject)
  WHEN 'enforcement_point' THEN (SELECT x.id FROM enforcement_point x WHERE x.slug = r.subject)
  WHEN 'binding' THEN (SELECT x.id FROM binding x WHERE x.slug = r.subject)
END`

interface HistoryRow {
  key: string
  id: string
  team: string
  person: string | null
  deputies: string[]
  state: AssignmentState
  valid_from: Date
  valid_to: Date | null
  decided_at: Date | null
  source: string
}

/** Who has or had what these owners name, oldest first, by the key of the owner. */
export async function ownerHistories(db: Db, owners: readonly Owner[]): Promise<Map<string, PastOwner[]>> {
  const named = owners.map((owner) => ({
    key: keyOf.owners(owner),
    layer: owner.layer,
    scope: owner.scope,
    subject: owner.subject,
  }))
  const rows = await db.query<HistoryRow>(sql`
    WITH named AS MATERIALIZED (
      SELECT r.key, r.layer, r.scope::ownership_scope AS scope, ${subjectId} AS subject_id
      FROM jsonb_to_recordset(${JSON.stringify(named)}::jsonb) AS r(key text, layer text, scope text, subject text)
    )
    SELECT n.key, a.id::text, team.slug AS team, person.external_id AS person,
      ARRAY(SELECT p.external_id FROM assignment_deputy d JOIN person p ON p.id = d.person_id
        WHERE d.assignment_id = a.id ORDER BY d.position) AS deputies, a.state::text, a.valid_from, a.valid_to, a.decided_at, a.source
    FROM named n
    JOIN assignment a ON a.layer = n.layer AND a.scope = n.scope AND a.subject_id = n.subject_id
    JOIN team ON team.id = a.team_id LEFT JOIN person ON person.id = a.person_id
    ORDER BY a.valid_from, a.id`)
  const histories = new Map<string, PastOwner[]>()
  for (const { key, valid_from: validFrom, valid_to: validTo, decided_at: decidedAt, ...row } of rows) {
    const past = { ...row, validFrom, validTo, decidedAt }
    const history = histories.get(key)
    if (history) history.push(past)
    else histories.set(key, [past])
  }
  return histories
}

export interface OwnerToWrite {
  id: string
  owner: Owner
  draft: OwnerDraft
  replacesId: string | null
}

/** Who writes the owners down: the one who imports, and whose word the decisions rest on. */
export interface OwnerStamp {
  setBy: string
  decidedBy: string
  kind: ImportKind
}

/** Ends assignments that others replace, each at its own instant; one in the future leaves the present owner in office until then. */
export async function endOwners(db: Db, ends: readonly { id: string; at: Date }[], now: Date): Promise<void> {
  if (ends.length === 0) return
  await db.execute(sql`
    UPDATE assignment SET valid_to = r.at, version = version + 1,
      state = CASE WHEN r.at > ${now} THEN state ELSE 'ended' END
    FROM jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) AS r(id uuid, at timestamptz) WHERE assignment.id = r.id`)
}

/** Moves assignments on to accepted, declined or ended. */
export async function decideOwners(
  db: Db,
  decisions: readonly { id: string; state: AssignmentState; at: Date }[],
  { decidedBy }: OwnerStamp,
): Promise<void> {
  if (decisions.length === 0) return
  await db.execute(sql`
    UPDATE assignment SET state = r.state::assignment_state, version = version + 1,
      valid_to = CASE r.state WHEN 'ended' THEN GREATEST(r.at, valid_from) ELSE valid_to END,
      decided_at = CASE r.state WHEN 'ended' THEN decided_at ELSE r.at END,
      decided_by = CASE r.state WHEN 'ended' THEN decided_by ELSE ${decidedBy} END
    FROM jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb) AS r(id uuid, state text, at timestamptz)
    WHERE assignment.id = r.id`)
}

/** Writes new assignments. */
export async function insertOwners(db: Db, owners: readonly OwnerToWrite[], stamp: OwnerStamp): Promise<void> {
  if (owners.length === 0) return
  const rows = owners.map(({ id, owner, draft, replacesId }) => ({
    id,
    layer: owner.layer,
    scope: owner.scope,
    subject: owner.subject,
    reason: owner.reason ?? `Import of ${stamp.kind}`,
    replaces: replacesId,
    ...draft,
  }))
  await db.execute(sql`
    INSERT INTO assignment (id, layer, scope, agent_id, tool_id, point_id, binding_id, team_id, person_id, state, valid_from, valid_to,
      proposed_at, set_by, reason, decided_at, decided_by, replaces_id, source)
    SELECT r.id, r.layer, r.scope::ownership_scope,
      CASE r.scope WHEN 'agent' THEN ${subjectId} END, CASE r.scope WHEN 'tool' THEN ${subjectId} END,
      CASE r.scope WHEN 'enforcement_point' THEN ${subjectId} END, CASE r.scope WHEN 'binding' THEN ${subjectId} END,
      (SELECT x.id FROM team x WHERE x.slug = r.team), (SELECT x.id FROM person x WHERE x.external_id = r.person),
      r.state::assignment_state, r."validFrom", r."validTo", r."proposedAt", ${stamp.setBy}, r.reason, r."decidedAt",
      CASE WHEN r."decidedAt" IS NOT NULL THEN ${stamp.decidedBy} END, r.replaces, ${stamp.kind}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, layer text, scope text, subject text, team text, person text,
      state text, "validFrom" timestamptz, "validTo" timestamptz, "proposedAt" timestamptz, reason text, "decidedAt" timestamptz, replaces uuid)`)
}

/** Makes these people the deputies of each assignment, in this order, in place of whoever was. */
export async function replaceDeputies(
  db: Db,
  deputies: readonly { id: string; people: readonly string[] }[],
): Promise<void> {
  if (deputies.length === 0) return
  const ids = deputies.map(({ id }) => id)
  await db.execute(sql`DELETE FROM assignment_deputy WHERE assignment_id = ANY(${ids}::uuid[])`)
  await db.execute(sql`
    INSERT INTO assignment_deputy (assignment_id, position, person_id)
    SELECT r.id, d.position - 1, (SELECT p.id FROM person p WHERE p.external_id = d.person)
    FROM jsonb_to_recordset(${JSON.stringify(deputies)}::jsonb) AS r(id uuid, people jsonb)
    CROSS JOIN jsonb_array_elements_text(r.people) WITH ORDINALITY d(person, position)`)
}
