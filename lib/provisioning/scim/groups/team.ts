import { type Changes, defined, type WantedFields } from '@/lib/registry/changes'
import { nameSchema } from '@/lib/registry/model'
import { claimSlug } from '@/lib/registry/slug'
import { slugFrom } from '@/lib/registry/slug-from'
import { getTeam, type StoredTeam } from '@/lib/registry/teams/store'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { ScimRefusal } from '../refusal'
import type { JsonObject } from '../schema'
import { differences } from '../users/person'
import { findUnclaimedTeam } from './store'

/** What a group resource says of the team. @throws ScimRefusal `invalidValue` when its name is none. */
export function saidBy({ displayName, externalId }: JsonObject): { name: string; externalId: string | null } {
  const name = nameSchema.safeParse(displayName)
  if (!name.success)
    throw new ScimRefusal('invalidValue', `displayName: ${name.error.issues[0]?.message ?? 'Not a name'}.`)
  return { name: name.data, externalId: typeof externalId === 'string' && externalId !== '' ? externalId : null }
}

/** The key by which a group is named: capitals do not tell two apart. */
export const keyOf = (name: string): string => name.toLowerCase()

/** The team that a new group is, when the registry knows it already: dissolved ones too, which come back. */
export async function teamKnownAs({ db }: UseCaseContext, name: string): Promise<StoredTeam | null> {
  const slug = await findUnclaimedTeam(db, slugFrom(name), keyOf(name))
  return slug === null ? null : await getTeam(db, slug)
}

/** Registers the team that a new group is. Nothing in SCIM says what a team does: "business" until somebody says better. */
export async function registerTeam(context: UseCaseContext, name: string): Promise<StoredTeam> {
  const slug = await claimSlug(context, 'team', { name, slug: undefined })
  return await context.db.prisma.team.create({
    data: {
      id: context.newId(),
      slug,
      name,
      function: 'business',
      source: 'scim',
      lastSeenAt: context.now,
      createdAt: context.now,
      updatedAt: context.now,
    },
  })
}

/** Writes what becomes of a team: a name that nobody has edited here, and whether it is there. */
export async function writeTeam(
  { db, now }: UseCaseContext,
  team: StoredTeam,
  wanted: { name?: string | undefined; status?: 'active' | 'dissolved' | undefined },
): Promise<Pick<Changes, 'before' | 'after'>> {
  const { name, status, editedFields, id, version } = team
  const fields: WantedFields = { name: editedFields.includes('name') ? undefined : wanted.name, status: wanted.status }
  const changes = differences({ name, status }, fields)
  const stamps = Object.keys(changes.after).length > 0 ? { version: version + 1, updatedAt: now } : {}
  await db.prisma.team.update({
    where: { id },
    data: { ...defined(changes.after), ...stamps, lastSeenAt: now },
    select: { id: true },
  })
  return changes
}
