import { z } from 'zod'
import { layerIds } from '@/lib/layers'
import { externalIdSchema, idSchema, reasonSchema } from '@/lib/registry/model'
import { instantSchema, personRefSchema } from '@/lib/registry/shapes'
import { ownershipScopes } from '../model'
import { successionReasons } from './next-in-line'

export const successionStates = ['open', 'accepted', 'declined', 'moot'] as const
export type SuccessionState = (typeof successionStates)[number]

/** Most successions that one command answers. */
export const successionsMax = 500

const namedSchema = z.object({ slug: z.string(), name: z.string() })

/** What the leaver answered for: a layer, with the team that owns it, or an agent they sponsored. */
const subjectSchema = {
  ownership: z
    .object({
      assignment: z.string().describe('layer:scope:subject'),
      layer: z.enum(layerIds),
      scope: z.enum(ownershipScopes),
      subject: namedSchema.nullable().describe('Null for the whole organisation'),
      team: namedSchema,
      supplies: z.number().int().describe('Cells it is the effective owner of'),
    })
    .nullable(),
  agent: namedSchema.nullable().describe('The agent they sponsored; null for an ownership'),
  candidate: personRefSchema
    .nullable()
    .describe('Who is asked; null when nobody was found and somebody has to be named'),
  because: z.enum(successionReasons).nullable().describe('Null when somebody named them'),
}

/** One thing that somebody who left answered for, and who is asked to take it on. */
export const successionSchema = z.object({
  id: z.uuid(),
  leaver: personRefSchema.extend({ manager: personRefSchema.nullable() }),
  ...subjectSchema,
  state: z.enum(successionStates),
  createdAt: instantSchema,
  decidedAt: instantSchema.nullable(),
  decidedBy: z.string().nullable(),
  note: z.string().nullable(),
  version: z.number().int(),
})
export type SuccessionView = z.infer<typeof successionSchema>

/** What would be proposed if somebody left now. */
export const successionPreviewSchema = z.object({
  rows: z.array(z.object(subjectSchema)),
  more: z.boolean(),
})

/** The successions that a command is about, each at the version its reader saw. */
export const answeredSchema = z
  .array(
    z.strictObject({
      id: idSchema,
      version: z.number().int().optional().describe('Refused as stale when there is a newer one'),
    }),
  )
  .min(1)
  .max(successionsMax)

export const acceptInput = z.strictObject({ successions: answeredSchema })
export const declineInput = z.strictObject({ successions: answeredSchema, reason: reasonSchema })
export const nameInput = z.strictObject({
  successions: answeredSchema,
  person: externalIdSchema.describe('External id of who is asked instead'),
  reason: reasonSchema,
})
