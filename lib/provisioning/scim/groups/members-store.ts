import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

/** A user as a member: who they are in the registry. */
export interface Member {
  userId: string
  personId: string
  externalId: string
}

/** The ids of the users that a group has. */
export async function memberIds(db: Db, groupId: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    sql`SELECT user_id::text AS id FROM scim_member WHERE group_id = ${groupId}::uuid ORDER BY user_id`,
  )
  return rows.map(({ id }) => id)
}

/** The users with these ids; who is not there is left out. */
export async function usersWith(db: Db, ids: readonly string[]): Promise<Member[]> {
  return await db.query<Member>(sql`
    SELECT u.id::text AS "userId", u.person_id::text AS "personId", p.external_id AS "externalId"
    FROM scim_user u JOIN person p ON p.id = u.person_id WHERE u.id = ANY(${[...ids]}::uuid[]) ORDER BY p.external_id`)
}

const personIdsOf = (members: readonly Member[]) => members.map(({ personId }) => personId)
const userIdsOf = (members: readonly Member[]) => members.map(({ userId }) => userId)

/** Makes these users members of group and team. Who is in the team already stays as they are, and is not the provider's to take out. */
export async function addMembers(
  db: Db,
  { groupId, teamId }: { groupId: string; teamId: string },
  members: readonly Member[],
): Promise<void> {
  const granted = await db.query<{ personId: string }>(sql`
    INSERT INTO membership (team_id, person_id, role)
    SELECT ${teamId}::uuid, new.person_id, 'member' FROM unnest(${personIdsOf(members)}::uuid[]) AS new(person_id)
    ON CONFLICT (team_id, person_id) DO NOTHING RETURNING person_id::text AS "personId"`)
  const people = new Set(granted.map(({ personId }) => personId))
  await db.execute(sql`
    INSERT INTO scim_member (group_id, user_id, granted)
    SELECT ${groupId}::uuid, new.user_id, new.granted
    FROM unnest(${userIdsOf(members)}::uuid[], ${members.map(({ personId }) => people.has(personId))}::boolean[]) AS new(user_id, granted)`)
}

/** Takes these users out of the group, and out of the team those whom the group brought there, except its leads. */
export async function removeMembers(
  db: Db,
  { groupId, teamId }: { groupId: string; teamId: string },
  members: readonly Member[],
): Promise<void> {
  await db.execute(sql`
    DELETE FROM membership t USING scim_member m JOIN scim_user u ON u.id = m.user_id
    WHERE t.team_id = ${teamId}::uuid AND t.person_id = u.person_id AND t.role = 'member'
      AND m.group_id = ${groupId}::uuid AND m.granted AND m.user_id = ANY(${userIdsOf(members)}::uuid[])`)
  await db.execute(
    sql`DELETE FROM scim_member WHERE group_id = ${groupId}::uuid AND user_id = ANY(${userIdsOf(members)}::uuid[])`,
  )
}
