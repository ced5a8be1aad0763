import 'server-only'
import type { Json } from '@/lib/audit/model'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { Verdict } from '../model'

/** A decision as it is written. */
export interface NewDecision {
  id: string
  item: string
  campaign: string
  stage: number
  verdict: Verdict
  /** Whose review it is, when it is not the decider's own. */
  for: string | null
  comment: string | null
  toTeam: string | null
  toPerson: string | null
  /** For defer: when it comes back. */
  deferUntil: string | null
  lookedMs: number | null
  seen: Json
}

/** Whose row of item_reviewer a decision is made by. */
const holder = (personId: string) => sql`COALESCE(d."for", ${personId}::uuid)`

/**
 * Writes decisions on items that are held: the answers with what becomes of their items and of all who were asked; what
 * was given back or put off, where that is. One statement each, however many there are.
 */
export async function writeDecisions(
  { db, now, actor }: UseCaseContext,
  personId: string,
  batch: { id: string; size: number },
  decisions: readonly NewDecision[],
): Promise<void> {
  const rows = sql`jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb) AS d(
    id uuid, item uuid, campaign uuid, stage int, verdict review_verdict, "for" uuid, comment text, "toTeam" uuid, "toPerson" uuid,
    "deferUntil" timestamptz, "lookedMs" int, seen jsonb)`
  await db.execute(sql`
    INSERT INTO review_decision (id, campaign_id, item_id, stage, person_id, person_name, for_person_id, account_id, verdict,
      comment, to_team_id, to_person_id, at, looked_ms, batch_id, batch_size, seen)
    SELECT d.id, d.campaign, d.item, d.stage, p.id, p.name, d."for", ${actor.id}::uuid, d.verdict, d.comment, d."toTeam",
      d."toPerson", ${now}, d."lookedMs", ${batch.id}::uuid, ${batch.size}, d.seen
    FROM ${rows} JOIN person p ON p.id = ${personId}::uuid`)
  const any = (...verdicts: Verdict[]) => decisions.some(({ verdict }) => verdicts.includes(verdict))
  if (any('certify', 'reassign', 'revoke')) {
    await db.execute(sql`
      UPDATE review_item i SET state = 'answered', outcome = d.verdict::text::review_outcome, deferred_until = NULL, version = i.version + 1
      FROM ${rows} WHERE i.id = d.item AND d.verdict IN ('certify', 'reassign', 'revoke')`)
    await db.execute(sql`
      UPDATE item_reviewer r SET state = 'answered' FROM ${rows}
      WHERE r.item_id = d.item AND r.stage = d.stage AND r.state = 'open' AND d.verdict IN ('certify', 'reassign', 'revoke')`)
  }
  if (any('not_mine')) {
    await db.execute(sql`
      UPDATE item_reviewer r SET state = 'passed_on', note = d.comment FROM ${rows}
      WHERE r.item_id = d.item AND r.stage = d.stage AND r.person_id = ${holder(personId)} AND d.verdict = 'not_mine'`)
  }
  if (any('defer')) {
    await db.execute(sql`
      UPDATE review_item i SET deferred_until = d."deferUntil", was_deferred = TRUE, version = i.version + 1
      FROM ${rows} WHERE i.id = d.item AND d.verdict = 'defer'`)
  }
}

/** Those of these items that nobody is asked about in the stage they are in. */
export async function withoutReviewer(db: Db, items: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ id: string }>(sql`
    SELECT i.id::text FROM review_item i WHERE i.id = ANY(${items}::uuid[])
      AND NOT EXISTS (SELECT FROM item_reviewer r WHERE r.item_id = i.id AND r.stage = i.stage AND r.state = 'open')`)
  return new Set(rows.map(({ id }) => id))
}

/** How many items of running campaigns are open for these people, by the counters. */
export async function countOpen(db: Db, people: readonly string[]): Promise<number> {
  const [row] = await db.query<{ open: number }>(sql`
    SELECT COALESCE(sum(k.items), 0)::int AS open FROM reviewer_count k
    JOIN campaign c ON c.id = k.campaign_id AND c.state = 'running' AND c.stage = k.stage
    WHERE k.person_id = ANY(${people}::uuid[]) AND k.state = 'open'`)
  return row?.open ?? 0
}

/** The teams and people that reassignments name, by slug and external id. */
export async function targetsOf(db: Db, slugs: readonly string[], externalIds: readonly string[]) {
  const [teams, people] = await Promise.all([
    db.prisma.team.findMany({
      where: { slug: { in: [...slugs] } },
      select: { id: true, slug: true, name: true, status: true },
    }),
    db.prisma.person.findMany({
      where: { externalId: { in: [...externalIds] } },
      select: { id: true, externalId: true, name: true, status: true },
    }),
  ])
  return {
    teams: new Map(teams.map(({ slug, status, ...team }) => [slug, { ...team, isActive: status === 'active' }])),
    people: new Map(
      people.map(({ externalId, status, ...person }) => [externalId, { ...person, isActive: status === 'active' }]),
    ),
  }
}
