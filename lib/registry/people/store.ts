import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { findAssignments } from '@/lib/ownership/assignment-store'
import { byId, byText, containing, seek } from '../filters'
import { openGapCount, openGapsOn } from '../gaps-on'
import { personRef, teamRef } from '../refs-sql'
import { bounded, isoOf, nestedMax, originOf } from '../shapes'
import type { listPeopleInput, PersonDetail, PersonRow } from './model'

type ListInput = z.output<typeof listPeopleInput>

function conditionsOf(filter: Omit<ListInput, 'cursor' | 'limit' | 'sort'>): Sql[] {
  const conditions: Sql[] = []
  if (filter.q) {
    const pattern = containing(filter.q)
    conditions.push(sql`(p.name ILIKE ${pattern} OR p.external_id ILIKE ${pattern} OR p.email ILIKE ${pattern})`)
  }
  if (filter.status) conditions.push(sql`p.status = ANY(${filter.status}::person_status[])`)
  if (filter.manager) conditions.push(sql`p.manager_id = (SELECT id FROM person WHERE external_id = ${filter.manager})`)
  if (filter.team) {
    conditions.push(
      sql`p.id IN (SELECT person_id FROM membership m JOIN team ON team.id = m.team_id WHERE team.slug = ${filter.team})`,
    )
  }
  return conditions
}

/** A person's teams as JSON, by name. */
const teamsOf = (id: Sql) => sql`COALESCE((
  SELECT jsonb_agg(jsonb_build_object('team', ${teamRef(sql`team`)}, 'role', m.role) ORDER BY team.name, team.id)
  FROM membership m JOIN team ON team.id = m.team_id WHERE m.person_id = ${id}), '[]')`

/** A page of people. */
export async function findPeople(db: Db, { cursor, limit, sort, ...filter }: ListInput) {
  const list = listName('people', { ...filter, sort })
  const { after, orderBy } = seek([byText(sql`p.name`), byId(sql`p.id`)], sort === '-name', startOf(list, cursor))
  const rows = await db.query<Omit<PersonRow, 'lastSeenAt'> & { lastSeenAt: Date | null }>(sql`
    WITH p AS (SELECT p.* FROM person p WHERE ${and([...conditionsOf(filter), after])} ORDER BY ${orderBy} LIMIT ${limit + 1})
    SELECT p.id, p.external_id AS "externalId", p.name, p.email, p.status, ${personRef(sql`manager`)} AS manager,
      ${teamsOf(sql`p.id`)} AS teams, ${openGapCount('person', sql`p.id`)} AS "openGaps", p.source, p.last_seen_at AS "lastSeenAt"
    FROM p LEFT JOIN person manager ON manager.id = p.manager_id ORDER BY ${orderBy}`)
  const shown = rows.map((row) => ({ ...row, lastSeenAt: isoOf(row.lastSeenAt) }))
  return cutPage(list, shown, limit, (row) => [row.name, row.id])
}

const refFields = { id: true, externalId: true, name: true, status: true } as const

/** The row that edits work on, with the manager it shows. */
export async function getPerson(db: Db, id: string) {
  return await db.prisma.person.findUnique({ where: { id }, include: { manager: { select: refFields } } })
}
export type StoredPerson = NonNullable<Awaited<ReturnType<typeof getPerson>>>

/** Whether `personId` is `above`, or above them in the line of managers. UNION drops repeats, so bad data cannot make it endless. */
export async function isInLineAbove(db: Db, personId: string, above: string): Promise<boolean> {
  const [line] = await db.query<{ found: boolean }>(sql`
    WITH RECURSIVE line AS (
      SELECT id, manager_id FROM person WHERE id = ${above}::uuid
      UNION SELECT p.id, p.manager_id FROM person p JOIN line ON p.id = line.manager_id
    )
    SELECT EXISTS (SELECT FROM line WHERE id = ${personId}::uuid) AS found`)
  return line?.found ?? false
}

/** Everything the person's page shows. */
export async function describePerson(db: Db, person: StoredPerson): Promise<PersonDetail> {
  const { id, externalId, name, email, timeZone, status, manager } = person
  const agentFields = { id: true, slug: true, name: true, lifecycle: true } as const
  const [teams, reports, sponsored, assignments, gaps] = await Promise.all([
    db.query<{ teams: PersonDetail['teams'] }>(sql`SELECT ${teamsOf(sql`${id}::uuid`)} AS teams`),
    db.prisma.person.findMany({
      where: { managerId: id },
      select: refFields,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: nestedMax + 1,
    }),
    db.prisma.agent.findMany({
      where: { sponsorId: id },
      select: agentFields,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: nestedMax + 1,
    }),
    findAssignments(db, { personId: id, states: ['proposed', 'accepted', 'declined'] }, nestedMax + 1),
    openGapsOn(db, 'person', id),
  ])
  return {
    id,
    externalId,
    name,
    email,
    timeZone,
    status,
    manager,
    teams: teams[0]?.teams ?? [],
    reports: bounded(reports),
    sponsored: bounded(sponsored),
    assignments: bounded(assignments),
    gaps,
    ...originOf(person),
  }
}
