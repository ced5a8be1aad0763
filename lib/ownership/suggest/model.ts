import { z } from 'zod'
import { gapRowSchema, listGapsInput } from '@/lib/gaps/shapes'
import { layerIds } from '@/lib/layers'
import { externalIdSchema, idSchema, reasonSchema, slugSchema } from '@/lib/registry/model'
import { assignmentSchema, ownershipScopes } from '../model'

/** Most cells that one request asks about, and most that it mends. */
export const mendMax = 500

/** The rules whose gaps are mended by naming an owner. */
export const mendableRules = ['layer-unowned', 'owner-orphaned'] as const

/** Where an owner is missing. */
const cellAtSchema = {
  layer: z.enum(layerIds),
  scope: z.enum(ownershipScopes),
  subject: z.string().max(260).nullable().describe('Slug of the subject; null for the organisation'),
}

export const suggestionSchema = z.object({
  team: z.object({ slug: z.string(), name: z.string() }),
  person: z.object({ externalId: z.string(), name: z.string() }).nullable().describe('Who would answer, where known'),
  score: z.number().int().describe('Comparable within one cell'),
  reasons: z.array(z.string()).describe('In words, the strongest first'),
})
export type SuggestedOwner = z.infer<typeof suggestionSchema>

export const suggestInput = z
  .strictObject({
    cells: z.array(z.strictObject(cellAtSchema)).min(1).max(mendMax).optional(),
    gaps: z.array(idSchema).min(1).max(mendMax).optional().describe('Ids of gaps about a missing owner'),
  })
  .refine(({ cells, gaps }) => (cells === undefined) !== (gaps === undefined), 'Name either cells or gaps')

export const suggestedSchema = z.object({
  ...cellAtSchema,
  gap: z.uuid().nullable(),
  suggestions: z.array(suggestionSchema).describe('The likeliest first; none where nothing speaks for anybody'),
})

export const mendListInput = listGapsInput.pick({
  layer: true,
  severity: true,
  agent: true,
  tool: true,
  team: true,
  q: true,
  cursor: true,
  limit: true,
})

/** A gap about a missing owner: where one is to be named, who is there now, and who is likely. */
export const mendableSchema = gapRowSchema.extend({
  at: z.object({ ...cellAtSchema, name: z.string().describe('The subject, for people') }),
  expected: z.uuid().nullable().describe('The assignment that is there now; null for none. Send it back when mending'),
  owner: z.string().nullable().describe('Name of the team that is named there and cannot answer'),
  suggestions: z.array(suggestionSchema),
})
export type Mendable = z.infer<typeof mendableSchema>

export const mendInput = z.strictObject({
  items: z
    .array(
      z.strictObject({
        gap: idSchema,
        team: slugSchema,
        person: externalIdSchema.optional().describe('External id of the accountable person'),
        expected: z
          .uuid()
          .nullable()
          .describe('The assignment that was there when you looked: refused as stale when it is another by now'),
      }),
    )
    .min(1)
    .max(mendMax),
  reason: reasonSchema,
})

export const mendedSchema = z.object({
  assignments: z.array(assignmentSchema).describe('Their ids take it all back (assignments.undo)'),
  unchanged: z.number().int(),
})
