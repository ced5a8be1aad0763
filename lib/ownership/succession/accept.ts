import { z } from 'zod'
import { settle } from '@/lib/estate/settle'
import { editedWith } from '@/lib/registry/changes'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { deputiesOf, writeDeputies } from '../deputies-store'
import { type Named, replaceAssignments } from '../target-store'
import { aboutOf, assertAsked, openAnswered } from './answered'
import { decideSuccessions, heldBy } from './decide-store'
import { acceptInput, type SuccessionView, successionSchema } from './model'
import { findSuccessions } from './store'

type Held = Awaited<ReturnType<typeof heldBy>>[number]

/** The same ownership in the name of the successor. What the team has answered stands: it is the same team. */
function inNameOf(context: UseCaseContext, held: Held, leaver: string) {
  const { actor, now } = context
  return {
    id: context.newId(),
    layer: held.layer,
    scope: held.scope,
    agentId: held.agentId,
    toolId: held.toolId,
    pointId: held.pointId,
    bindingId: held.bindingId,
    teamId: held.teamId,
    personId: actor.personId,
    state: held.state,
    // One that has not begun yet begins as it was to.
    validFrom: new Date(Math.max(held.validFrom.getTime(), now.getTime())),
    proposedAt: held.proposedAt,
    setBy: actor.name,
    reason: `Succession of ${leaver}`,
    decidedAt: held.decidedAt,
    decidedBy: held.decidedBy,
    replacesId: held.id,
    source: 'person',
  } satisfies Named
}

async function takeOver(context: UseCaseContext, rows: readonly SuccessionView[]): Promise<string[]> {
  const { db, actor, now } = context
  const leavers = new Map(rows.map(({ id, leaver }) => [id, leaver.name]))
  const held = await heldBy(
    db,
    rows.map(({ id }) => id),
  )
  for (const { team } of held) {
    if (team.status !== 'active')
      throw new DomainError('refused', `${team.name} is dissolved: another team has to be named for it instead.`)
  }
  const created = held.map((each) => inNameOf(context, each, leavers.get(each.successionId) ?? ''))
  for (const begin of new Set(created.map(({ validFrom }) => validFrom.getTime()))) {
    const begun = created.filter(({ validFrom }) => validFrom.getTime() === begin)
    const ended = begun.map(({ replacesId }) => replacesId)
    await replaceAssignments(db, { ended, created: begun, from: new Date(begin), now })
  }
  const deputies = await deputiesOf(
    db,
    held.map(({ id }) => id),
  )
  const kept = created.map(({ id, replacesId }) => ({
    assignmentId: id,
    personIds: (deputies.get(replacesId) ?? []).filter((personId) => personId !== actor.personId),
  }))
  await writeDeputies(db, kept)
  return created.flatMap(({ id, replacesId }) => [id, replacesId])
}

async function sponsor(context: UseCaseContext, rows: readonly SuccessionView[]): Promise<string[]> {
  const { db, actor, now } = context
  const slugs = rows.flatMap(({ agent }) => agent?.slug ?? [])
  const agents = await db.prisma.agent.findMany({
    where: { slug: { in: slugs } },
    select: { id: true, editedFields: true },
  })
  for (const { id, editedFields } of agents) {
    await db.prisma.agent.update({
      where: { id },
      data: {
        sponsorId: actor.personId,
        editedFields: editedWith(editedFields, ['sponsor']),
        version: { increment: 1 },
        updatedAt: now,
      },
    })
  }
  return agents.map(({ id }) => id)
}

/** Whoever is asked takes over, personally: the ownership goes on in their name, the agent has them as sponsor. */
export const acceptSuccession = defineCommand({
  name: 'succession.accept',
  summary: 'Take over what you are asked to take over from somebody who left',
  method: 'POST',
  path: '/successions/accept',
  input: acceptInput,
  output: z.object({ successions: z.array(successionSchema) }),
  async handler(context, { successions }) {
    const rows = await openAnswered(context, successions)
    for (const row of rows) assertAsked(context, row, 'accept')
    const ids = rows.map(({ id }) => id)
    const assignments = await takeOver(context, rows)
    const agents = await sponsor(context, rows)
    // Before settling, which would call what is in other hands now moot.
    await decideSuccessions(context.db, ids, { state: 'accepted', by: context.actor.name, at: context.now, note: null })
    await settle(context, { assignments, agents })
    return {
      output: { successions: await findSuccessions(context.db, { ids }, ids.length) },
      event: {
        subjectType: 'succession',
        subjectId: ids.length === 1 ? String(ids[0]) : 'several',
        after: rows.map((row) => ({ id: row.id, about: aboutOf(row), from: row.leaver.externalId, state: 'accepted' })),
      },
    }
  },
})
