import 'server-only'
import type { EstateChange } from '@/lib/estate/settle'
import { findPerson } from '@/lib/registry/references'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import type { SupposedChange } from './changes'
import type { NamedChange } from './model'
import { emptiedBy, grantedTo, type Held, heldBy } from './store'

/** A named change with what it is about looked up. */
export interface Supposed {
  /** In words, such as `Dissolve Identity`. */
  title: string
  change: SupposedChange
  /** What is to be moved, by name; empty for everything else. */
  held: readonly Held[]
}

/** Everything that is supposed at once. */
export interface Supposition {
  parts: readonly Supposed[]
  /** What a real change would hand to `settle`. */
  estate: Required<Pick<EstateChange, 'teams' | 'people' | 'agents' | 'bindings' | 'assignments'>>
  /** Teams that could not answer any more. */
  discredited: readonly string[]
}

/** Looks up what the changes are about. @throws DomainError for what is not there, or is so already. */
export async function supposed(context: UseCaseContext, changes: readonly NamedChange[]): Promise<Supposition> {
  const parts: Supposed[] = []
  for (const change of changes) parts.push(await lookedUp(context, change))
  const people = parts.flatMap(({ change }) => (change.kind === 'person_leaves' ? [change.personId] : []))
  const emptied = await emptiedBy(context.db, people)
  const agents = parts.flatMap(({ change }) => (change.kind === 'retire_agent' ? [change.agentId] : []))
  const teams = parts.flatMap(({ change }) => (change.kind === 'dissolve_team' ? [change.teamId] : []))
  const names = [...people, ...agents, ...teams]
  if (new Set(names).size < names.length)
    throw new DomainError('invalid_input', 'changes: The same change stands there twice.')
  return {
    parts: parts.map((part) =>
      part.change.kind === 'person_leaves' ? { ...part, change: { ...part.change, emptiedTeamIds: emptied } } : part,
    ),
    estate: {
      teams,
      people,
      agents,
      bindings: await grantedTo(context.db, agents),
      assignments: parts.flatMap(({ held }) => held.map(({ id }) => id)),
    },
    discredited: [...teams, ...emptied],
  }
}

async function lookedUp(context: UseCaseContext, named: NamedChange): Promise<Supposed> {
  const { prisma } = context.db
  switch (named.kind) {
    case 'dissolve_team': {
      const team = await teamCalled(context, named.team)
      return { title: `Dissolve ${team.name}`, change: { kind: named.kind, teamId: team.id }, held: [] }
    }
    case 'person_leaves': {
      const found = await findPerson(context, named.person)
      const person = found && (await prisma.person.findUnique({ where: { id: found.id } }))
      if (!person) throw notFound(`The person "${named.person}"`)
      if (person.status === 'left') throw new DomainError('wrong_state', `${person.name} has left already.`)
      const change = { kind: named.kind, personId: person.id, emptiedTeamIds: [] } as const
      return { title: `${person.name} leaves`, change, held: [] }
    }
    case 'retire_agent': {
      const agent = await prisma.agent.findUnique({ where: { slug: named.agent } })
      if (!agent) throw notFound(`The agent "${named.agent}"`)
      if (agent.lifecycle === 'retired') throw new DomainError('wrong_state', `${agent.name} is retired already.`)
      return { title: `Retire ${agent.name}`, change: { kind: named.kind, agentId: agent.id }, held: [] }
    }
    case 'move_ownership':
      return await lookedUpMove(context, named)
  }
}

async function lookedUpMove(
  context: UseCaseContext,
  { kind, from: fromSlug, to: toSlug, tools }: Extract<NamedChange, { kind: 'move_ownership' }>,
): Promise<Supposed> {
  if (fromSlug === toSlug) throw new DomainError('invalid_input', 'to: It is the team that holds it already.')
  const from = await context.db.prisma.team.findUnique({ where: { slug: fromSlug } })
  if (!from) throw notFound(`The team "${fromSlug}"`)
  const to = await teamCalled(context, toSlug)
  const held = await heldBy(context.db, from.id, tools ?? null, context.now)
  const what = tools ? `what ${from.name} owns of ${tools.join(', ')}` : `everything ${from.name} owns`
  const moves = held.map(({ id, layer, scope, subjectId }) => ({ assignmentId: id, layer, scope, subjectId }))
  const accepted = context.actor.leadOf.has(to.id)
  return { title: `Move ${what} to ${to.name}`, change: { kind, moves, toTeamId: to.id, accepted }, held }
}

async function teamCalled(context: UseCaseContext, slug: string) {
  const team = await context.db.prisma.team.findUnique({ where: { slug } })
  if (!team) throw notFound(`The team "${slug}"`)
  if (team.status === 'dissolved') throw new DomainError('wrong_state', `${team.name} is dissolved already.`)
  return team
}
