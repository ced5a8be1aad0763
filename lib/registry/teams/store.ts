import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { findAssignments } from '@/lib/ownership/assignment-store'
import { byId, byText, cappedCount, containing, seek } from '../filters'
import { openGapCount, openGapsOn } from '../gaps-on'
import type { MembershipRole } from '../model'
import { personRef } from '../refs-sql'
import { bounded, isoOf, nestedMax, originOf, type PersonRef } from '../shapes'
import type { listTeamsInput, TeamDetail, TeamRow } from './model'

type ListInput = z.output<typeof listTeamsInput>

function conditionsOf(filter: Omit<ListInput, 'cursor' | 'limit' | 'sort'>): Sql[] {
  const conditions: Sql[] = []
  if (filter.q) conditions.push(sql`(t.name ILIKE ${containing(filter.q)} OR t.slug ILIKE ${containing(filter.q)})`)
  if (filter.function) conditions.push(sql`t.function = ANY(${filter.function}::team_function[])`)
  if (filter.status) conditions.push(sql`t.status = ANY(${filter.status}::team_status[])`)
  return conditions
}

const ownedCells = (id: Sql) => cappedCount(sql`SELECT 1 FROM effective_owner e WHERE e.team_id = ${id}`)

/** A page of teams. The counts are made for the rows of the page alone. */
export async function findTeams(db: Db, { cursor, limit, sort, ...filter }: ListInput) {
  const list = listName('teams', { ...filter, sort })
  const { after, orderBy } = seek([byText(sql`t.name`), byId(sql`t.id`)], sort === '-name', startOf(list, cursor))
  const rows = await db.query<Omit<TeamRow, 'lastSeenAt'> & { lastSeenAt: Date | null }>(sql`
    WITH t AS (SELECT t.* FROM team t WHERE ${and([...conditionsOf(filter), after])} ORDER BY ${orderBy} LIMIT ${limit + 1})
    SELECT t.id, t.slug, t.name, t.function, t.status, t.contact,
      (SELECT count(*)::int FROM membership m WHERE m.team_id = t.id) AS members,
      COALESCE((
        SELECT jsonb_agg(${personRef(sql`p`)} ORDER BY p.name, p.id)
        FROM membership m JOIN person p ON p.id = m.person_id WHERE m.team_id = t.id AND m.role = 'lead'), '[]') AS leads,
      ${ownedCells(sql`t.id`)} AS "ownedCells", ${openGapCount('team', sql`t.id`)} AS "openGaps", t.source, t.last_seen_at AS "lastSeenAt"
    FROM t ORDER BY ${orderBy}`)
  const shown = rows.map((row) => ({ ...row, lastSeenAt: isoOf(row.lastSeenAt) }))
  return cutPage(list, shown, limit, (row) => [row.name, row.id])
}

/** The row that edits work on. */
export async function getTeam(db: Db, slug: string) {
  return await db.prisma.team.findUnique({ where: { slug } })
}
export type StoredTeam = NonNullable<Awaited<ReturnType<typeof getTeam>>>

export interface Member {
  personId: string
  externalId: string
  role: MembershipRole
}

/** All members of a team. */
export async function membersOf(db: Db, teamId: string): Promise<Member[]> {
  return await db.query<Member>(sql`
    SELECT m.person_id::text AS "personId", p.external_id AS "externalId", m.role::text AS role
    FROM membership m JOIN person p ON p.id = m.person_id WHERE m.team_id = ${teamId}::uuid`)
}

/** Makes these the members of the team, and nobody else. */
export async function replaceMembers(db: Db, teamId: string, members: readonly Member[]): Promise<void> {
  await db.prisma.membership.deleteMany({
    where: { teamId, personId: { notIn: members.map((member) => member.personId) } },
  })
  await db.execute(sql`
    INSERT INTO membership (team_id, person_id, role)
    SELECT ${teamId}::uuid, new.person_id, new.role::membership_role
    FROM unnest(${members.map((member) => member.personId)}::uuid[], ${members.map((member) => member.role)}::text[]) AS new (person_id, role)
    ON CONFLICT (team_id, person_id) DO UPDATE SET role = EXCLUDED.role`)
}

/** Everything the team's page shows. */
export async function describeTeam(db: Db, team: StoredTeam): Promise<TeamDetail> {
  const { id, slug, name, function: teamFunction, status, contact } = team
  const [members, owned, assignments, points, gaps] = await Promise.all([
    db.query<{ person: PersonRef; role: MembershipRole }>(sql`
      SELECT ${personRef(sql`p`)} AS person, m.role FROM membership m JOIN person p ON p.id = m.person_id
      WHERE m.team_id = ${id}::uuid ORDER BY m.role, p.name, p.id LIMIT ${nestedMax + 1}`),
    db.query<{ cells: number }>(sql`SELECT ${ownedCells(sql`${id}::uuid`)} AS cells`),
    findAssignments(db, { teamSlug: slug, states: ['proposed', 'accepted', 'declined'] }, nestedMax + 1),
    db.prisma.enforcementPoint.findMany({
      where: { teamId: id },
      select: { id: true, slug: true, name: true, kind: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: nestedMax + 1,
    }),
    openGapsOn(db, 'team', id),
  ])
  return {
    id,
    slug,
    name,
    function: teamFunction,
    status,
    contact,
    members: bounded(members),
    ownedCells: owned[0]?.cells ?? 0,
    assignments: bounded(assignments),
    points: bounded(points),
    gaps,
    ...originOf(team),
  }
}
