import { z } from 'zod'
import { layerIds } from '@/lib/layers'
import { slugSchema } from '@/lib/registry/model'

/** What an ownership assignment may be set on, most general first. */
export const ownershipScopes = ['organisation', 'enforcement_point', 'tool', 'agent', 'binding'] as const
export type OwnershipScope = (typeof ownershipScopes)[number]

export const assignmentStates = ['proposed', 'accepted', 'declined', 'ended'] as const
export type AssignmentState = (typeof assignmentStates)[number]

/** How a cell stands: owned (accepted and credible), unconfirmed (proposed), orphaned (not credible), unowned. */
export const ownerStatuses = ['owned', 'unconfirmed', 'orphaned', 'unowned'] as const
export type OwnerStatus = (typeof ownerStatuses)[number]

const teamRefSchema = z.object({ slug: z.string(), name: z.string() })
const personRefSchema = z.object({ id: z.string(), externalId: z.string(), name: z.string() })

/** Most deputies of an assignment. */
export const deputiesMax = 10

/** An assignment as screens, API and exports show it. `name` is `layer:scope:subject`. */
export const assignmentSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  layer: z.enum(layerIds),
  scope: z.enum(ownershipScopes),
  subject: z.object({ slug: z.string(), name: z.string() }).nullable(),
  team: teamRefSchema,
  person: personRefSchema.nullable(),
  deputies: z.array(personRefSchema).describe('Who is asked, in this order, when the accountable person leaves'),
  state: z.enum(assignmentStates),
  credible: z.boolean(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  proposedAt: z.string(),
  setBy: z.string(),
  reason: z.string(),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decisionReason: z.string().nullable(),
  certification: z
    .object({
      at: z.string(),
      by: z.string().nullable(),
      campaign: z.object({ slug: z.string(), name: z.string() }).nullable(),
    })
    .nullable()
    .describe('When a campaign last confirmed it, by whom'),
  supplies: z.number().int().describe('Cells it is the effective owner of'),
  version: z.number().int(),
})
export type AssignmentView = z.infer<typeof assignmentSchema>

/** What narrows a list of assignments. */
export const assignmentFilterShape = {
  layer: z.enum(layerIds).optional(),
  scope: z.enum(ownershipScopes).optional(),
  subject: z.string().max(260).optional().describe('Slug of the subject; needs `scope`'),
  team: slugSchema.optional(),
  state: z.enum(assignmentStates).optional(),
}
const assignmentFilterSchema = z.strictObject(assignmentFilterShape)
export type AssignmentFilterInput = z.output<typeof assignmentFilterSchema>

/** The effective owner of one cell with its provenance; team null when unowned. */
export const cellSchema = z.object({
  layer: z.enum(layerIds),
  status: z.enum(ownerStatuses),
  source: z.enum(ownershipScopes).nullable(),
  team: teamRefSchema.nullable(),
  person: personRefSchema.nullable(),
  assignmentId: z.uuid().nullable(),
  since: z.string().nullable(),
  setBy: z.string().nullable(),
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
})
export type Cell = z.infer<typeof cellSchema>

/** The name of an assignment for people and scripts: `layer:scope:subject`. */
export function assignmentName(layer: string, scope: OwnershipScope, subject: string | null): string {
  return subject === null ? `${layer}:${scope}` : `${layer}:${scope}:${subject}`
}
