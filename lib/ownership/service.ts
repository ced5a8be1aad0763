import { z } from 'zod'
import { lockEstate } from '@/lib/estate/settle'
import { cutPage, listName, pageInput, pageOf, startOf } from '@/lib/http/page'
import { type LayerId, layerIds } from '@/lib/layers'
import { historyEntrySchema } from '@/lib/recertification/history/model'
import { historyOfAssignment } from '@/lib/recertification/history/store'
import { environmentSchema, idSchema, slugSchema } from '@/lib/registry/model'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import { createAssignments } from './assign'
import { findAssignments, getAssignment } from './assignment-store'
import { cellsOf } from './cells'
import { setDeputies } from './deputies'
import { acceptAssignment, declineAssignment, endAssignment } from './handshake'
import { assignmentFilterShape, assignmentName, assignmentSchema, type Cell, ownershipScopes } from './model'
import { assignmentQueryOf } from './query'
import { rebuildCells } from './store'
import { undoAssignments } from './undo'

const listAssignments = defineQuery({
  name: 'assignments.list',
  summary: 'Ownership assignments, newest first',
  method: 'GET',
  path: '/assignments',
  input: z.strictObject({ ...assignmentFilterShape, ...pageInput }),
  output: pageOf(assignmentSchema),
  async handler({ db }, { cursor, limit, ...filter }) {
    const list = listName('assignments', filter)
    const rows = await findAssignments(db, await assignmentQueryOf(db, filter), limit + 1, startOf(list, cursor))
    return cutPage(list, rows, limit, (row) => [row.id])
  },
})

const getOneAssignment = defineQuery({
  name: 'assignments.get',
  summary: 'One ownership assignment',
  method: 'GET',
  path: '/assignments/{id}',
  input: z.strictObject({ id: idSchema }),
  output: assignmentSchema.extend({
    certificationHistory: z.array(historyEntrySchema).describe('The campaigns that asked about it, newest first'),
  }),
  async handler({ db }, { id }) {
    const assignment = await getAssignment(db, id)
    return { ...assignment, certificationHistory: await historyOfAssignment(db, id) }
  },
})

const layerOwnerSchema = z.object({
  team: z.string().nullable().describe('Slug of the team; null when unowned'),
  person: z.string().nullable().describe('External id of the accountable person'),
  source: z.enum(ownershipScopes).nullable(),
  assignment: z.string().nullable().describe('layer:scope:subject'),
  credible: z.boolean(),
  confirmed: z.boolean(),
  since: z.string().nullable(),
})

function layerOwner(
  cell: Cell,
  subjects: { agent: string; tool: string; binding: string; application: string | null },
) {
  const subject = {
    organisation: null,
    agent: subjects.agent,
    tool: subjects.tool,
    binding: subjects.binding,
    enforcement_point: subjects.application,
  }
  return {
    team: cell.team?.slug ?? null,
    person: cell.person?.externalId ?? null,
    source: cell.source,
    assignment: cell.source ? assignmentName(cell.layer, cell.source, subject[cell.source]) : null,
    credible: cell.status === 'owned' || cell.status === 'unconfirmed',
    confirmed: cell.decidedBy !== null || cell.status === 'owned',
    since: cell.since,
  }
}

const getOwners = defineQuery({
  name: 'owners.get',
  summary: 'The five effective owners of an agent on a tool',
  method: 'GET',
  path: '/owners',
  input: z.strictObject({ agent: slugSchema, tool: slugSchema, environment: environmentSchema.default('production') }),
  output: z.object({ binding: z.string(), layers: z.record(z.enum(layerIds), layerOwnerSchema) }),
  async handler({ db }, { agent, tool, environment }) {
    const slug = `${agent}/${tool}@${environment}`
    const binding = await db.prisma.binding.findUnique({
      where: { slug },
      select: { id: true, tool: { select: { application: { select: { slug: true } } } } },
    })
    if (!binding) throw notFound(`Binding "${slug}"`)
    const cells = (await cellsOf(db, [binding.id])).get(binding.id) ?? []
    const subjects = { agent, tool, binding: slug, application: binding.tool.application?.slug ?? null }
    const owners = cells.map((cell) => [cell.layer, layerOwner(cell, subjects)] as const)
    return { binding: slug, layers: Object.fromEntries(owners) as Record<LayerId, ReturnType<typeof layerOwner>> }
  },
})

const rebuildOwnership = defineCommand({
  name: 'ownership.rebuild',
  summary: 'Re-resolve every cell; has to find nothing to change',
  method: 'POST',
  path: '/ownership/rebuild',
  input: z.strictObject({}),
  output: z.object({ changed: z.number().int() }),
  async handler(context) {
    await lockEstate(context)
    const { cells } = await rebuildCells(context.db, context.now)
    return {
      output: { changed: cells },
      event: { subjectType: 'ownership', subjectId: 'all', after: { changed: cells } },
    }
  },
})

export const ownershipUseCases = {
  'assignments.list': listAssignments,
  'assignments.get': getOneAssignment,
  'assignments.create': createAssignments,
  'assignments.accept': acceptAssignment,
  'assignments.decline': declineAssignment,
  'assignments.end': endAssignment,
  'assignments.setDeputies': setDeputies,
  'assignments.undo': undoAssignments,
  'owners.get': getOwners,
  'ownership.rebuild': rebuildOwnership,
}
