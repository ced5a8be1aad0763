import { z } from 'zod'
import { externalIdSchema, idSchema, reasonSchema } from '@/lib/registry/model'
import { defineCommand } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { getAssignment } from './assignment-store'
import { writeDeputies } from './deputies-store'
import { lockedAssignment, versionSchema } from './handshake'
import { assignmentSchema, deputiesMax } from './model'
import { deputiesNamed, holdsOrLeads } from './owner-named'

/** Names who stands in, first in line first: they are asked, in this order, when the accountable person leaves. */
export const setDeputies = defineCommand({
  name: 'assignments.setDeputies',
  summary: 'Name the deputies of an ownership, in the order in which they are asked',
  method: 'PUT',
  path: '/assignments/{id}/deputies',
  input: z.strictObject({
    id: idSchema,
    deputies: z.array(externalIdSchema).max(deputiesMax).describe('External ids; an empty list takes all away'),
    reason: reasonSchema.optional(),
    version: versionSchema,
  }),
  output: assignmentSchema,
  async handler(context, { id, deputies, reason, version }) {
    const row = await lockedAssignment(context, id, version)
    if (!holdsOrLeads(context.actor, row))
      throw new DomainError('forbidden', `Only a governance lead, or ${row.team.name}, can name its deputies.`)
    if (row.state !== 'proposed' && row.state !== 'accepted')
      throw new DomainError('wrong_state', `It is ${row.state}: nobody stands in for it any more.`)
    const before = await getAssignment(context.db, id)
    const personIds = await deputiesNamed(context, deputies, row.personId)
    await writeDeputies(context.db, [{ assignmentId: id, personIds }])
    await context.db.prisma.assignment.update({ where: { id }, data: { version: { increment: 1 } } })
    return {
      output: await getAssignment(context.db, id),
      event: {
        subjectType: 'assignment',
        subjectId: id,
        before: { deputies: before.deputies.map(({ externalId }) => externalId) },
        after: { deputies },
        ...(reason !== undefined && { reason }),
      },
    }
  },
})
