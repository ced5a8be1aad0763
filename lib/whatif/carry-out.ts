import 'server-only'
import { mayRun, type PermissionName } from '@/lib/access/permissions'
import { changesIn } from '@/lib/audit/changes'
import type { AuditEntry } from '@/lib/audit/model'
import { nameOwners } from '@/lib/ownership/name-owners'
import { namedChanges } from '@/lib/ownership/named-changes'
import { ownerNamed } from '@/lib/ownership/owner-named'
import { agentUseCases } from '@/lib/registry/agents/service'
import { peopleUseCases } from '@/lib/registry/people/service'
import { teamUseCases } from '@/lib/registry/teams/service'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import type { NamedChange } from './model'
import type { Supposed, Supposition } from './suppose'

/** What each kind of change is when somebody does it by hand: nobody does more through a what-if than they may. */
const commandOf: Record<NamedChange['kind'], PermissionName> = {
  dissolve_team: 'teams.update',
  person_leaves: 'people.update',
  retire_agent: 'agents.transition',
  move_ownership: 'assignments.create',
}

/** What is moved first is not lost with its team. */
const order: readonly NamedChange['kind'][] = ['move_ownership', 'person_leaves', 'retire_agent', 'dissolve_team']

/** @throws DomainError `forbidden` when the actor may not do one of the changes. */
export function assertMayDo({ actor }: UseCaseContext, { parts }: Supposition): void {
  for (const { title, change } of parts) {
    const verdict = mayRun(commandOf[change.kind], actor)
    if (verdict !== true) throw new DomainError('forbidden', `${title}: ${verdict}`)
  }
}

/**
 * Does it, through the very commands that people use, in the transaction of the context; the caller holds the lock of
 * the estate. Answers the event of a single change, else one that holds them all.
 */
export async function carryOut(
  context: UseCaseContext,
  { parts }: Supposition,
  changes: readonly NamedChange[],
  reason: string,
): Promise<AuditEntry> {
  const steps = changes.flatMap((named, index) => {
    const part = parts[index]
    return part ? [{ named, part }] : []
  })
  steps.sort((one, other) => order.indexOf(one.named.kind) - order.indexOf(other.named.kind))
  const events: AuditEntry[] = []
  for (const { named, part } of steps) events.push(await done(context, named, part, reason))
  const [first] = events
  if (first && events.length === 1) return first
  return {
    subjectType: 'estate',
    subjectId: 'several',
    before: {
      changes: events.map(({ subjectType, subjectId, before }) => ({ subjectType, subjectId, before: before ?? null })),
    },
    after: {
      changes: events.map(({ subjectType, subjectId, after }) => ({ subjectType, subjectId, after: after ?? null })),
    },
    reason,
    changes: events.flatMap((event) => [...(event.subjectId === 'several' ? [] : [event]), ...changesIn(event)]),
  }
}

async function done(context: UseCaseContext, named: NamedChange, part: Supposed, reason: string): Promise<AuditEntry> {
  const { prisma } = context.db
  switch (named.kind) {
    case 'dissolve_team': {
      const { slug, version } = await prisma.team.findUniqueOrThrow({ where: { slug: named.team } })
      const input = { slug, version, status: 'dissolved', reason } as const
      return (await teamUseCases['teams.update'].handler(context, input)).event
    }
    case 'person_leaves': {
      const id = part.change.kind === 'person_leaves' ? part.change.personId : named.person
      const { externalId, version } = await prisma.person.findUniqueOrThrow({ where: { id } })
      const input = { person: externalId, version, status: 'left', reason } as const
      return (await peopleUseCases['people.update'].handler(context, input)).event
    }
    case 'retire_agent': {
      const { slug, version } = await prisma.agent.findUniqueOrThrow({ where: { slug: named.agent } })
      const input = { slug, version, to: 'retired', reason } as const
      return (await agentUseCases['agents.transition'].handler(context, input)).event
    }
    case 'move_ownership': {
      const owner = await ownerNamed(context, { team: named.to })
      const targets = part.held.map((held) => ({ target: held, owner, expected: held.id }))
      const { created, ended } = await nameOwners(context, targets, { reason, validFrom: context.now })
      const names = { from: named.from, to: named.to }
      return {
        subjectType: 'assignment',
        subjectId: created.length === 1 ? String(created[0]) : 'several',
        before: { ...names, ended },
        after: { ...names, created },
        reason,
        changes: namedChanges(
          created.map((id) => ({ id, team: named.to })),
          ended,
        ),
      }
    }
  }
}
