import { validate } from 'uuid'
import type { Json } from '@/lib/audit/model'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { ScimRefusal } from '../refusal'
import { isObject, type JsonObject } from '../schema'
import { addMembers, type Member, memberIds, removeMembers, usersWith } from './members-store'

/** The ids of the users that a group resource names. @throws ScimRefusal `invalidValue` for what is no user. */
export function userIdsIn(resource: JsonObject): string[] {
  const members = Array.isArray(resource.members) ? resource.members.filter(isObject) : []
  const ids = members.map(({ value, type }) => {
    if (typeof type === 'string' && type.toLowerCase() === 'group')
      throw new ScimRefusal('invalidValue', 'members: Groups within groups are not kept; name users.')
    if (typeof value !== 'string' || !validate(value)) throw unknown(value)
    return value.toLowerCase()
  })
  return [...new Set(ids)]
}

const unknown = (value: Json | undefined) =>
  new ScimRefusal('invalidValue', `members: There is no user "${String(value).slice(0, 100)}".`)

/** Members as a resource lists them, for patching. */
export const membersAsValues = (ids: readonly string[]): Json[] => ids.map((value) => ({ value }))

/** Who came to a group, and who went. */
export interface MemberChange {
  joined: Member[]
  gone: Member[]
}

/**
 * Makes these the members of a group, and of its team as far as that goes.
 * @throws ScimRefusal `invalidValue` naming a user who is not there.
 */
export async function setMembers(
  { db }: UseCaseContext,
  group: { groupId: string; teamId: string },
  wanted: readonly string[],
): Promise<MemberChange> {
  const present = new Set(await memberIds(db, group.groupId))
  const next = new Set(wanted)
  const joined = await usersWith(
    db,
    wanted.filter((id) => !present.has(id)),
  )
  const known = new Set([...present, ...joined.map(({ userId }) => userId)])
  const missing = wanted.find((id) => !known.has(id))
  if (missing !== undefined) throw unknown(missing)
  const gone = await usersWith(
    db,
    [...present].filter((id) => !next.has(id)),
  )
  if (gone.length > 0) await removeMembers(db, group, gone)
  if (joined.length > 0) await addMembers(db, group, joined)
  return { joined, gone }
}

/** Whom a change is about, as the audit log names people. */
export const namesOf = (members: readonly Member[]) => members.map(({ externalId }) => ({ person: externalId }))
