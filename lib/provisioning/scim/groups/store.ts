import type { Json } from '@/lib/audit/model'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import { filterSql, sortSql } from '../filter-store'
import type { Kept } from '../messages'
import { groupType, type JsonObject } from '../schema'
import type { Search } from '../search'

/** A group as it is kept, without its members. */
export interface StoredGroup extends Kept {
  teamId: string
  display: string
}

const kept = sql`r.id::text, r.team_id::text AS "teamId", r.display, r.version, r.created_at AS "createdAt",
  r.updated_at AS "updatedAt", r.resource`

/** The members of a group, as the resource shows them. `base` is the address of the server. */
const membersOf = (base: string): Sql => sql`(
  SELECT jsonb_agg(jsonb_build_object('value', u.id, '$ref', ${`${base}/Users/`}::text || u.id, 'display', u.display, 'type', 'User') ORDER BY u.display, u.id)
  FROM scim_member m JOIN scim_user u ON u.id = m.user_id WHERE m.group_id = r.id)`

type Row = StoredGroup & { members: Json }

const shown = ({ members, resource, ...rest }: Row): StoredGroup => ({
  ...rest,
  resource: { ...resource, ...(members !== null && { members }) },
})

/** Whose address stands in references, and whether members are told at all. */
export interface Telling {
  base: string
  members: boolean
}

const membersTold = ({ base, members }: Telling) => (members ? membersOf(base) : sql`NULL::jsonb`)

/** A page of groups and how many there are, the oldest first. */
export async function findGroups(db: Db, telling: Telling, { condition, sort, startIndex, count }: Search) {
  const where = filterSql(groupType, condition)
  const key = sort ? sortSql(groupType, sort.path) : sql`r.created_at`
  const rows = await db.query<Row>(sql`
    SELECT ${kept}, ${membersTold(telling)} AS members FROM scim_group r WHERE ${where}
    ORDER BY ${key} ${sort?.descending ? sql`DESC` : sql`ASC`} NULLS LAST, r.id LIMIT ${count} OFFSET ${startIndex - 1}`)
  const [counted] = await db.query<{ total: number }>(
    sql`SELECT count(*)::int AS total FROM scim_group r WHERE ${where}`,
  )
  return { groups: rows.map(shown), total: counted?.total ?? 0 }
}

/** One group as it is shown. */
export async function showGroup(db: Db, telling: Telling, id: string): Promise<StoredGroup | null> {
  const [row] = await db.query<Row>(
    sql`SELECT ${kept}, ${membersTold(telling)} AS members FROM scim_group r WHERE r.id = ${id}::uuid`,
  )
  return row ? shown(row) : null
}

/** One group as it is edited: without members. */
export async function getGroup(db: Db, id: string): Promise<StoredGroup | null> {
  const [row] = await db.query<StoredGroup>(sql`SELECT ${kept} FROM scim_group r WHERE r.id = ${id}::uuid`)
  return row ?? null
}

/** Whether another group has this name already. */
export async function isTaken(db: Db, displayKey: string, exceptId: string | null): Promise<boolean> {
  const taken = await db.prisma.scimGroup.findUnique({ where: { displayKey }, select: { id: true } })
  return taken !== null && taken.id !== exceptId
}

/** The columns of a group. */
export interface GroupRow {
  teamId: string
  externalId: string | null
  display: string
  displayKey: string
  resource: JsonObject
}

export async function insertGroup(db: Db, id: string, row: GroupRow, now: Date): Promise<void> {
  await db.prisma.scimGroup.create({ data: { id, ...row, createdAt: now, updatedAt: now }, select: { id: true } })
}

export async function updateGroup(db: Db, { id, version }: StoredGroup, row: GroupRow, now: Date): Promise<void> {
  await db.prisma.scimGroup.update({
    where: { id },
    data: { ...row, version: version + 1, updatedAt: now },
    select: { id: true },
  })
}

export async function deleteGroup(db: Db, id: string): Promise<void> {
  await db.prisma.scimGroup.delete({ where: { id }, select: { id: true } })
}

/** The team that a new group could be, of those that are nobody's group yet: by slug, else by name. */
export async function findUnclaimedTeam(db: Db, slug: string | undefined, nameKey: string): Promise<string | null> {
  const [row] = await db.query<{ slug: string }>(sql`
    SELECT t.slug FROM team t
    WHERE (t.slug = ${slug ?? null}::text OR lower(t.name) = ${nameKey}) AND NOT EXISTS (SELECT FROM scim_group g WHERE g.team_id = t.id)
    ORDER BY t.slug = ${slug ?? null}::text DESC NULLS LAST, t.status, t.id LIMIT 1`)
  return row?.slug ?? null
}
