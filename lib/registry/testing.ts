import { v7 } from 'uuid'
import type { z } from 'zod'
import { type Actor, type Role, systemActor } from '@/lib/access/model'
import { openEvents } from '@/lib/audit/opening-store'
import { syncReferenceData } from '@/lib/db/reference'
import { createTestDatabase } from '@/lib/db/testing'
import type { LayerId } from '@/lib/layers'
import { layerIds } from '@/lib/layers'
import { useCases } from '@/lib/use-cases/catalog'
import type { Command, Query } from '@/lib/use-cases/define'
import { DomainError, type ProblemCode } from '@/lib/use-cases/errors'
import { runUseCase } from '@/lib/use-cases/run'

// Cursors are signed with it.
process.env.NEXTAUTH_SECRET ??= 'a secret for tests alone'

const start = new Date('2026-11-01T09:00:00.000Z')

/** An actor with this role and no standing, who has just signed in. */
export function actorWith(role: Role, more: Partial<Actor> = {}): Actor {
  return {
    kind: 'account',
    id: v7(),
    name: `A ${role}`,
    role,
    personId: null,
    leadOf: new Set(),
    scopes: null,
    session: { id: v7(), isFresh: true },
    ...more,
  }
}

/** A database of its own with a clock that stands still until told otherwise, and the use cases run against it. */
export async function testRegistry() {
  const made = await createTestDatabase()
  await syncReferenceData(made.database)
  let now = start
  let actor: Actor = systemActor('the test')

  /** Runs a use case as the present actor, through the same door as everybody. */
  const run = async <Input extends z.ZodType, Output extends z.ZodType>(
    useCase: Query<Query['name'], Input, Output> | Command<Command['name'], Input, Output>,
    input: z.input<Input>,
  ): Promise<z.output<Output>> =>
    await runUseCase(useCase, input, { database: made.database, actor, now, newId: () => v7(), requestId: 'test' })

  return {
    ...made,
    run,
    now: () => now,
    /** Moves the clock on. */
    wait(seconds: number) {
      now = new Date(now.getTime() + seconds * 1000)
    },
    /** Who acts from now on. */
    become(next: Actor) {
      actor = next
    },
    /** The audit events of one subject, oldest first. */
    async eventsOf(subjectId: string) {
      const { database } = made
      const events = await database.prisma.auditEvent.findMany({ where: { subjectId }, orderBy: { sequence: 'asc' } })
      return await openEvents(database, events)
    },
    /** An accepted owner of these layers for the whole of an agent or tool, by a team with one active member. */
    async own(scope: { agentId: string } | { toolId: string }, layers: readonly LayerId[] = layerIds) {
      const member = await run(useCases['people.create'], { name: 'Owner' })
      const members = [{ person: member.externalId, role: 'lead' as const }]
      const team = await run(useCases['teams.create'], { name: 'Owners', function: 'platform', members })
      await made.database.prisma.assignment.createMany({
        data: layers.map((layer) => ({
          id: v7(),
          layer,
          scope: 'agentId' in scope ? ('agent' as const) : ('tool' as const),
          ...scope,
          teamId: team.id,
          state: 'accepted' as const,
          validFrom: now,
          proposedAt: now,
          setBy: 'the test',
          reason: 'For the test',
          source: 'person',
        })),
      })
      return team
    },
  }
}
export type TestRegistry = Awaited<ReturnType<typeof testRegistry>>

/** The refusal that the work ends in. */
export async function refusalOf(
  work: Promise<unknown>,
): Promise<{ code: ProblemCode; message: string; fields: string[] }> {
  try {
    await work
  } catch (error) {
    if (error instanceof DomainError)
      return { code: error.code, message: error.message, fields: error.fields.map((field) => field.field) }
    throw error
  }
  throw new Error('It was not refused')
}
