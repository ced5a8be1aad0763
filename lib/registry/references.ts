import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { idSchema } from './model'

/** The refusal for a field that names something the registry does not hold. */
function unknownReference(field: string, what: string, key: string): DomainError {
  const message = `There is no ${what} "${key}"`
  return new DomainError('invalid_input', `${field}: ${message}.`, { fields: [{ field, message }] })
}

const refFields = { id: true, externalId: true, name: true, status: true } as const
const slugFields = { id: true, slug: true, name: true } as const

/** A person by external id, or by id; null when there is none. */
export async function findPerson({ db }: UseCaseContext, key: string) {
  const person = await db.prisma.person.findUnique({ where: { externalId: key }, select: refFields })
  if (person || !idSchema.safeParse(key).success) return person
  return await db.prisma.person.findUnique({ where: { id: key }, select: refFields })
}

/** The person that an input field names. */
export async function personNamed(context: UseCaseContext, field: string, key: string) {
  const person = await findPerson(context, key)
  if (!person) throw unknownReference(field, 'person', key)
  return person
}

/** The agent that an input field names. */
export async function agentNamed({ db }: UseCaseContext, field: string, slug: string) {
  const agent = await db.prisma.agent.findUnique({
    where: { slug },
    select: { ...slugFields, lifecycle: true, environment: true },
  })
  if (!agent) throw unknownReference(field, 'agent', slug)
  return agent
}

/** The tool that an input field names, with the slug of its application. */
export async function toolNamed({ db }: UseCaseContext, field: string, slug: string) {
  const select = { ...slugFields, lifecycle: true, application: { select: { slug: true } } } as const
  const tool = await db.prisma.tool.findUnique({ where: { slug }, select })
  if (!tool) throw unknownReference(field, 'tool', slug)
  return tool
}

/** The team that an input field names. */
export async function teamNamed({ db }: UseCaseContext, field: string, slug: string) {
  const team = await db.prisma.team.findUnique({ where: { slug }, select: slugFields })
  if (!team) throw unknownReference(field, 'team', slug)
  return team
}

/** The enforcement point that an input field names. */
export async function pointNamed({ db }: UseCaseContext, field: string, slug: string) {
  const point = await db.prisma.enforcementPoint.findUnique({ where: { slug }, select: { ...slugFields, kind: true } })
  if (!point) throw unknownReference(field, 'enforcement point', slug)
  return point
}

/** A field that was cleared: it names nothing any more. */
const nothing = { id: null, slug: null, externalId: null } as const

/**
 * A reference as an edit gives it: undefined leaves the field alone, null clears it, a name is looked up.
 * `?.id` of the answer is then undefined, null or the id: what the column is to be.
 */
export async function optional<Found>(key: string | null | undefined, find: (key: string) => Promise<Found>) {
  if (key === undefined) return undefined
  return key === null ? nothing : await find(key)
}
