import { z } from 'zod'
import { layerIds } from '@/lib/layers'
import { idSchema, reasonSchema } from '@/lib/registry/model'
import { gapStates, gapSubjectTypes } from '../model'

/** Most gaps one command works on. */
export const gapsAtOnceMax = 500

/** The gaps that a command is about: all of them or none. */
export const gapIds = z
  .array(idSchema)
  .min(1, 'Name at least one gap')
  .max(gapsAtOnceMax, `At most ${gapsAtOnceMax} gaps at once`)

/** The versions that were looked at, by id: one that moved on is refused as stale. */
export const seenVersions = z
  .record(z.string(), z.number().int())
  .optional()
  .describe('By id the version that was looked at: refused as stale when there is a newer one')

export const noteSchema = z.string().trim().max(1000, 'At most 1,000 characters')

/** What one command did to several gaps. */
export const workedSchema = z.object({
  changed: z.number().int().describe('Gaps that differ now; the others were so already'),
})

export const transitionInput = z.strictObject({
  ids: gapIds,
  to: z.enum(gapStates).describe('acknowledged, remediating, or back to open; the other states follow from the facts'),
  note: noteSchema.optional(),
  versions: seenVersions,
})
export const assignInput = z.strictObject({
  ids: gapIds,
  assignee: z.string().max(120).nullable().describe('External id of an active person; null gives it back'),
  note: noteSchema.optional(),
  versions: seenVersions,
})
export const setDueInput = z.strictObject({
  ids: gapIds,
  dueAt: z.iso.datetime({ offset: true }).nullable().describe('Null puts it back to what the policy says'),
  reason: reasonSchema,
  versions: seenVersions,
})

export const commentSchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  author: z.string(),
  text: z.string(),
})
export type GapComment = z.infer<typeof commentSchema>
export const commentTextSchema = z.string().trim().min(1, 'Write something').max(4000, 'At most 4,000 characters')

/** Where an exception stands; `in_force` and `expired` are both approved, told apart by the time. */
export const exceptionStandings = ['asked', 'in_force', 'expired', 'refused', 'withdrawn'] as const
export type ExceptionStanding = (typeof exceptionStandings)[number]

export const exceptionSchema = z.object({
  id: z.uuid(),
  rule: z.string(),
  title: z.string(),
  subject: z.object({ type: z.enum(gapSubjectTypes), slug: z.string() }),
  layer: z.enum(layerIds).nullable(),
  point: z.object({ slug: z.string(), name: z.string() }).nullable(),
  gap: z.uuid().nullable().describe('The gap it is about, if there is one that it covers'),
  reason: z.string(),
  state: z.enum(exceptionStandings),
  expires: z.iso.datetime(),
  askedBy: z.string(),
  askedAt: z.iso.datetime(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  decisionNote: z.string().nullable(),
  version: z.number().int(),
  can: z
    .object({ decide: z.union([z.literal(true), z.string()]), withdraw: z.union([z.literal(true), z.string()]) })
    .describe('What the one who asks may do with it, or why not'),
})
export type GapException = z.infer<typeof exceptionSchema>
