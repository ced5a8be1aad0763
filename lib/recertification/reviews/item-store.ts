import 'server-only'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import type { LayerId } from '@/lib/layers'
import type { RiskTier } from '@/lib/registry/model'
import type {
  CampaignKind,
  CampaignState,
  ItemReviewerState,
  ItemState,
  Outcome,
  ReviewerReason,
  Standing,
  Verdict,
} from '../model'
import type { ReviewPicture } from '../picture'
import { type Present, presentOf } from './later-store'
import { peersOf } from './peers-store'
import type { Peers } from './recommend'

/** The answer to an item, or anything else a reviewer said about it. */
export interface StoredDecision {
  id: string
  batch: string
  stage: number
  verdict: Verdict
  personId: string | null
  by: string
  standsInFor: string | null
  comment: string | null
  toTeam: { slug: string; name: string } | null
  toPerson: string | null
  at: Date
  undoneAt: Date | null
  undoneBy: string | null
}

/** Why somebody is asked about an item. */
export interface StoredAsked {
  personId: string
  stage: number
  because: ReviewerReason
  state: ItemReviewerState
  isFallback: boolean
  dueAt: Date
  note: string | null
  for: { id: string; externalId: string; name: string } | null
}

interface ItemRow {
  id: string
  campaignId: string
  slug: string
  name: string
  kind: CampaignKind
  campaignState: CampaignState
  picturedAt: Date
  stage: number
  state: ItemState
  outcome: Outcome | null
  bindingId: string | null
  assignmentId: string | null
  accountableId: string | null
  teamId: string | null
  subject: string
  agentSlug: string | null
  toolSlug: string | null
  agentName: string | null
  toolName: string | null
  layer: LayerId | null
  team: { slug: string; name: string } | null
  risk: RiskTier
  standing: Standing
  picture: ReviewPicture
  previous: ReviewPicture | null
  secondLook: string | null
  wasDeferred: boolean
  deferredUntil: Date | null
  hasLeft: boolean
}

/** An item with everything that is said about it in a list. */
export interface StoredItem extends ItemRow {
  decision: StoredDecision | null
  peers: Peers | null
  /** What it is like now; null when it is gone. */
  present: Present | null
}

export const decisionColumns: Sql = sql`
  d.id::text, d.batch_id::text AS batch, d.stage, d.verdict::text, d.person_id::text AS "personId", d.person_name AS by,
  f.name AS "standsInFor", d.comment, CASE WHEN tt.id IS NOT NULL THEN jsonb_build_object('slug', tt.slug, 'name', tt.name) END AS "toTeam",
  tp.name AS "toPerson", d.at, d.undone_at AS "undoneAt", d.undone_by AS "undoneBy"`
export const decisionJoins: Sql = sql`
  LEFT JOIN person f ON f.id = d.for_person_id LEFT JOIN team tt ON tt.id = d.to_team_id LEFT JOIN person tp ON tp.id = d.to_person_id`

const itemColumns = sql`
  i.id::text, i.campaign_id::text AS "campaignId", c.slug, c.name, c.kind::text, c.state::text AS "campaignState",
  COALESCE(c.pictured_at, c.created_at) AS "picturedAt", i.stage, i.state::text, i.outcome::text, i.binding_id::text AS "bindingId",
  i.assignment_id::text AS "assignmentId", i.accountable_id::text AS "accountableId", i.team_id::text AS "teamId", i.subject_slug AS subject,
  i.agent_slug AS "agentSlug", i.tool_slug AS "toolSlug", g.name AS "agentName", t.name AS "toolName", i.layer,
  CASE WHEN tm.id IS NOT NULL THEN jsonb_build_object('slug', tm.slug, 'name', tm.name) END AS team,
  i.risk::text, i.standing::text, i.picture, p.picture AS previous, i.second_look AS "secondLook",
  i.was_deferred AS "wasDeferred", i.deferred_until AS "deferredUntil", COALESCE(s.status = 'left', FALSE) AS "hasLeft"`

/** The items with these ids, in no order. */
export async function getItems(db: Db, ids: readonly string[], now: Date): Promise<Map<string, StoredItem>> {
  const [rows, decisions, peers] = await Promise.all([
    db.query<ItemRow>(sql`
      SELECT ${itemColumns}
      FROM review_item i JOIN campaign c ON c.id = i.campaign_id
      LEFT JOIN agent g ON g.id = i.agent_id LEFT JOIN tool t ON t.id = i.tool_id LEFT JOIN team tm ON tm.id = i.team_id
      LEFT JOIN review_item p ON p.id = i.previous_item_id AND i.standing = 'changed'
      LEFT JOIN person s ON s.external_id = COALESCE(i.picture #>> '{facts,sponsor,slug}', i.picture #>> '{facts,person,slug}')
      WHERE i.id = ANY(${ids}::uuid[])`),
    standingDecisions(db, ids),
    peersOf(db, ids, now),
  ])
  const idsOf = (column: 'bindingId' | 'assignmentId') => rows.map((row) => row[column]).filter((id) => id !== null)
  const present = await presentOf(db, { bindings: idsOf('bindingId'), assignments: idsOf('assignmentId') })
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        decision: decisions.get(row.id) ?? null,
        peers: peers.get(row.id) ?? null,
        present: present.get(row.bindingId ?? row.assignmentId ?? '') ?? null,
      },
    ]),
  )
}

/** The answer that stands for each item in its stage. */
async function standingDecisions(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDecision>> {
  const rows = await db.query<StoredDecision & { itemId: string }>(sql`
    SELECT d.item_id::text AS "itemId", ${decisionColumns}
    FROM review_item i JOIN review_decision d ON d.item_id = i.id AND d.stage = i.stage ${decisionJoins}
    WHERE i.id = ANY(${ids}::uuid[]) AND d.undone_at IS NULL AND d.verdict IN ('certify', 'reassign', 'revoke')`)
  return new Map(rows.map(({ itemId, ...row }) => [itemId, row]))
}

const peopleMax = 200

/** Why these people are asked about each item, in its present stage or, if only then, an earlier one; the first named counts most. */
export async function askedAbout(
  db: Db,
  items: readonly string[],
  people: readonly string[],
): Promise<ReadonlyMap<string, StoredAsked>> {
  if (people.length === 0) return new Map()
  const rows = await db.query<Omit<StoredAsked, 'for'> & { itemId: string; externalId: string; name: string }>(sql`
    SELECT DISTINCT ON (r.item_id) r.item_id::text AS "itemId", r.person_id::text AS "personId", r.stage, r.because::text, r.state::text,
      r.is_fallback AS "isFallback", r.due_at AS "dueAt", r.note, p.external_id AS "externalId", p.name
    FROM item_reviewer r JOIN person p ON p.id = r.person_id
    WHERE r.item_id = ANY(${items}::uuid[]) AND r.person_id = ANY(${people.slice(0, peopleMax)}::uuid[])
    ORDER BY r.item_id, r.stage DESC, r.state, array_position(${people}::uuid[], r.person_id)`)
  const [self] = people
  return new Map(
    rows.map(({ itemId, externalId, name, ...row }) => [
      itemId,
      { ...row, for: row.personId === self ? null : { id: row.personId, externalId, name } },
    ]),
  )
}
