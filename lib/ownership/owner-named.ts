import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import type { StandingAssignment } from './target-store'

/** A team and its people as they take on a layer. */
export interface NamedOwner {
  team: { id: string; name: string }
  personId: string | null
  /** Who stands in, first in line first. */
  deputyIds: readonly string[]
}

/** How an input names an owner: slug of the team, external ids of the people. */
export interface OwnerInput {
  team: string
  person?: string | undefined
  deputies?: readonly string[] | undefined
}

/**
 * The people to stand in, who have to be there and none of them the accountable person.
 * @throws DomainError naming the field `deputies`.
 */
export async function deputiesNamed(
  context: UseCaseContext,
  externalIds: readonly string[],
  accountableId: string | null,
): Promise<string[]> {
  if (externalIds.length === 0) return []
  const wrong = (message: string) => {
    return new DomainError('refused', `${message}.`, { fields: [{ field: 'deputies', message }] })
  }
  if (new Set(externalIds).size < externalIds.length) throw wrong('A deputy is named twice')
  const found = await context.db.prisma.person.findMany({
    where: { externalId: { in: [...externalIds] } },
    select: { id: true, externalId: true, name: true, status: true },
  })
  const people = new Map(found.map((person) => [person.externalId, person]))
  return externalIds.map((externalId) => {
    const person = people.get(externalId)
    if (!person) throw wrong(`There is no person "${externalId}"`)
    if (person.status !== 'active') throw wrong(`${person.name} has left and cannot stand in`)
    if (person.id === accountableId) throw wrong(`${person.name} is accountable and cannot stand in for themselves`)
    return person.id
  })
}

/** The owner that an input names. @throws DomainError when the team is dissolved, somebody has left, or one of them is unknown. */
export async function ownerNamed(context: UseCaseContext, { team: slug, person, deputies }: OwnerInput) {
  const { prisma } = context.db
  const team = await prisma.team.findUnique({ where: { slug }, select: { id: true, name: true, status: true } })
  if (!team) throw notFound(`Team "${slug}"`)
  if (team.status !== 'active')
    throw new DomainError('refused', `${team.name} is dissolved and cannot take on a layer.`)
  const personId = person === undefined ? null : await accountableNamed(context, person)
  return { team, personId, deputyIds: await deputiesNamed(context, deputies ?? [], personId) } satisfies NamedOwner
}

async function accountableNamed(context: UseCaseContext, externalId: string): Promise<string> {
  const person = await context.db.prisma.person.findUnique({
    where: { externalId },
    select: { id: true, name: true, status: true },
  })
  if (!person) throw notFound(`Person "${externalId}"`)
  if (person.status !== 'active')
    throw new DomainError('refused', `${person.name} has left and cannot answer for a layer.`)
  return person.id
}

/** Whether the actor may replace what is there: by role, or by holding it (its team's lead, its accountable person). */
export function holdsOrLeads(
  actor: UseCaseContext['actor'],
  standing: Pick<StandingAssignment, 'teamId' | 'personId'> | undefined,
): boolean {
  if (actor.kind === 'system' || actor.role === 'admin' || actor.role === 'governance_lead') return true
  if (!standing) return false
  return actor.leadOf.has(standing.teamId) || (actor.personId !== null && actor.personId === standing.personId)
}
