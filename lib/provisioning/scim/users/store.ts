import { validate } from 'uuid'
import type { Json } from '@/lib/audit/model'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import { filterSql, sortSql } from '../filter-store'
import type { Kept } from '../messages'
import { type JsonObject, userType } from '../schema'
import type { Search } from '../search'

/** A user as it is kept. */
export interface StoredUser extends Kept {
  personId: string
  active: boolean
}

const kept = sql`r.id::text, r.person_id::text AS "personId", r.active, r.version, r.created_at AS "createdAt",
  r.updated_at AS "updatedAt", r.resource`

/** The groups that a user is in, as the resource shows them. `base` is the address of the server. */
const groupsOf = (base: string): Sql => sql`(
  SELECT jsonb_agg(jsonb_build_object('value', g.id, '$ref', ${`${base}/Groups/`}::text || g.id, 'display', g.display, 'type', 'direct') ORDER BY g.display, g.id)
  FROM scim_member m JOIN scim_group g ON g.id = m.group_id WHERE m.user_id = r.id)`

type Row = StoredUser & { groups: Json }

const shown = ({ groups, resource, ...rest }: Row): StoredUser => ({
  ...rest,
  resource: { ...resource, ...(groups !== null && { groups }) },
})

/** A page of users and how many there are. They keep their places while none comes or goes: the oldest first. */
export async function findUsers(db: Db, base: string, { condition, sort, startIndex, count }: Search) {
  const where = filterSql(userType, condition)
  const key = sort ? sortSql(userType, sort.path) : sql`r.created_at`
  const rows = await db.query<Row>(sql`
    SELECT ${kept}, ${groupsOf(base)} AS groups FROM scim_user r WHERE ${where}
    ORDER BY ${key} ${sort?.descending ? sql`DESC` : sql`ASC`} NULLS LAST, r.id LIMIT ${count} OFFSET ${startIndex - 1}`)
  const [counted] = await db.query<{ total: number }>(
    sql`SELECT count(*)::int AS total FROM scim_user r WHERE ${where}`,
  )
  return { users: rows.map(shown), total: counted?.total ?? 0 }
}

/** One user as it is shown, with their groups. */
export async function showUser(db: Db, base: string, id: string): Promise<StoredUser | null> {
  const [row] = await db.query<Row>(
    sql`SELECT ${kept}, ${groupsOf(base)} AS groups FROM scim_user r WHERE r.id = ${id}::uuid`,
  )
  return row ? shown(row) : null
}

/** One user as it is edited: what the provider said and nothing that follows from elsewhere. */
export async function getUser(db: Db, id: string): Promise<StoredUser | null> {
  const [row] = await db.query<StoredUser>(sql`SELECT ${kept} FROM scim_user r WHERE r.id = ${id}::uuid`)
  return row ?? null
}

/** Whether another user has this name already. */
export async function isTaken(db: Db, userNameKey: string, exceptId: string | null): Promise<boolean> {
  const taken = await db.prisma.scimUser.findUnique({ where: { userNameKey }, select: { id: true } })
  return taken !== null && taken.id !== exceptId
}

/** The columns of a user. */
export interface UserRow {
  personId: string
  userName: string
  userNameKey: string
  externalId: string | null
  display: string
  managerKey: string | null
  active: boolean
  resource: JsonObject
}

export async function insertUser(db: Db, id: string, row: UserRow, now: Date): Promise<void> {
  await db.prisma.scimUser.create({ data: { id, ...row, createdAt: now, updatedAt: now }, select: { id: true } })
}

export async function updateUser(db: Db, { id, version }: StoredUser, row: UserRow, now: Date): Promise<void> {
  await db.prisma.scimUser.update({
    where: { id },
    data: { ...row, version: version + 1, updatedAt: now },
    select: { id: true },
  })
}

/** Forgets what a provider said of a person. The person stays. */
export async function deleteUser(db: Db, id: string): Promise<void> {
  await db.prisma.scimUser.delete({ where: { id }, select: { id: true } })
}

/** The people whom a user could be, of those who are nobody's user yet: by external id or by an address, two at most. */
export async function findUnclaimed(db: Db, keys: { names: string[]; emails: string[] }): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    SELECT p.id::text FROM person p
    WHERE (p.external_id = ANY(${keys.names}::text[]) OR lower(p.email) = ANY(${keys.emails}::text[]))
      AND NOT EXISTS (SELECT FROM scim_user u WHERE u.person_id = p.id)
    ORDER BY p.external_id = ANY(${keys.names}::text[]) DESC, p.id LIMIT 2`)
  return rows.map(({ id }) => id)
}

/** The person whom a manager's key names: by id, user name or external id of the user. */
export async function personOfKey(db: Db, key: string): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(sql`
    SELECT person_id::text AS id FROM (
      SELECT 1 AS rank, person_id FROM scim_user WHERE id = ${validate(key) ? key : null}::uuid
      UNION ALL SELECT 2, person_id FROM scim_user WHERE user_name_key = ${key.toLowerCase()}
      UNION ALL (SELECT 3, person_id FROM scim_user WHERE external_id = ${key} ORDER BY id LIMIT 1)
    ) found ORDER BY rank LIMIT 1`)
  return row?.id ?? null
}

/** People whose provider named this manager before anybody knew them. */
export async function waitingFor(db: Db, keys: readonly string[], limit: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    SELECT p.id::text FROM scim_user u JOIN person p ON p.id = u.person_id
    WHERE u.manager_key = ANY(${[...keys]}::text[]) AND p.manager_id IS NULL AND NOT 'manager' = ANY(p.edited_fields)
    ORDER BY p.id LIMIT ${limit}`)
  return rows.map(({ id }) => id)
}
