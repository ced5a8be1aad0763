import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { externalIdSchema, nameSchema, proseSchema, reasonSchema, slugSchema } from '@/lib/registry/model'
import { instantSchema, personRefSchema, searchText, versionSchema } from '@/lib/registry/shapes'
import { campaignKinds, campaignLaunches, definitionSchema, scheduleSchema } from '../../model'

const count = z.number().int()

const ownerSchema = z.object({ name: z.string(), person: personRefSchema.nullable() })

const rowFields = {
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  kind: z.enum(campaignKinds),
  launch: z.enum(campaignLaunches),
  schedule: scheduleSchema.nullable().describe('When it launches by itself; null by hand'),
  enabled: z.boolean().describe('Whether it launches by itself at present'),
  nextOn: z.iso.date().nullable().describe('The day of its next launch'),
  nextAt: instantSchema.nullable(),
  owner: ownerSchema.nullable(),
  campaigns: count.describe('How many were made from it'),
  updatedAt: instantSchema,
}
export const templateRowSchema = z.object(rowFields)
export type TemplateRow = z.infer<typeof templateRowSchema>

const verdictSchema = z.union([z.literal(true), z.string()])
export const templateDetailSchema = z.object({
  ...rowFields,
  definition: definitionSchema,
  can: z.object({ edit: verdictSchema, remove: verdictSchema, use: verdictSchema }),
  version: count,
  createdAt: instantSchema,
})
export type TemplateDetail = z.infer<typeof templateDetailSchema>

export const templateSlugInput = z.strictObject({ slug: slugSchema })

export const listTemplatesInput = z.strictObject({
  q: searchText,
  kind: commaList(z.enum(campaignKinds)).optional(),
  launch: commaList(z.enum(campaignLaunches)).optional(),
  ...pageInput,
})

const ownerInput = externalIdSchema
  .optional()
  .describe('External id of the person whose account owns what it launches; who makes it when left out')
const scheduleInput = scheduleSchema
  .nullable()
  .describe('When it launches by itself: on days, as certifications run out, or when something happens; null by hand')

export const createTemplateInput = z.strictObject({
  name: nameSchema,
  description: proseSchema.optional(),
  definition: definitionSchema,
  schedule: scheduleInput.optional(),
  enabled: z.boolean().default(true),
  owner: ownerInput,
  reason: reasonSchema.optional(),
})

export const updateTemplateInput = templateSlugInput.extend({
  version: versionSchema,
  name: nameSchema.optional(),
  description: proseSchema.optional(),
  definition: definitionSchema.optional(),
  schedule: scheduleInput.optional(),
  enabled: z.boolean().optional(),
  owner: ownerInput,
  reason: reasonSchema.optional(),
})

export const savedTemplateSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  version: count,
  nextOn: z.iso.date().nullable(),
})
