import { z } from 'zod'
import { commaList, pageInput, pageOf } from '@/lib/http/page'
import { layerIds } from '@/lib/layers'
import { externalIdSchema, riskTiers, slugSchema } from '@/lib/registry/model'
import { instantSchema, personRefSchema, searchText } from '@/lib/registry/shapes'
import { defineQuery } from '@/lib/use-cases/define'
import { getCampaign } from '../campaign-store'
import { itemReviewerStates, itemStates, outcomes, reviewerReasons, standings, verdicts } from '../model'
import { findItems } from './items-store'
import { namedSchema, slugInput } from './shapes'

export const listItemsInput = slugInput.extend({
  q: searchText.describe('Part of the slug of what it is about'),
  state: commaList(z.enum(itemStates)).optional(),
  outcome: commaList(z.enum(outcomes)).optional(),
  reviewer: externalIdSchema
    .optional()
    .describe(
      'External id of somebody who is asked in its present stage; `me` is who asks, `none` finds those nobody is asked about',
    ),
  team: commaList(slugSchema)
    .optional()
    .describe('The team it belongs to: the one asked about, or the owner of entitlement'),
  risk: commaList(z.enum(riskTiers)).optional(),
  standing: commaList(z.enum(standings)).optional().describe('New, changed or unchanged since it was last certified'),
  layer: commaList(z.enum(layerIds)).optional(),
  stage: z.number().int().min(1).max(3).optional(),
  ...pageInput,
})

export const campaignItemSchema = z.object({
  id: z.uuid(),
  subject: z.string().describe('`agent/tool@environment`, or `layer:scope:subject`'),
  about: z.enum(['binding', 'assignment']),
  agent: namedSchema.nullable(),
  tool: namedSchema.nullable(),
  environment: z.string().nullable(),
  setOn: namedSchema.nullable().describe('What an assignment is set on; null for the organisation, and for bindings'),
  layer: z.enum(layerIds).nullable(),
  risk: z.enum(riskTiers),
  state: z.enum(itemStates),
  stage: z.number().int(),
  outcome: z.enum(outcomes).nullable(),
  standing: z.enum(standings),
  team: namedSchema.nullable(),
  reviewers: z
    .array(
      z.object({
        person: personRefSchema,
        because: z.enum(reviewerReasons),
        isFallback: z.boolean(),
        state: z.enum(itemReviewerStates),
        dueAt: instantSchema,
      }),
    )
    .describe('Those asked in its present stage, at most five'),
  decision: z
    .object({ by: z.string(), verdict: z.enum(verdicts), comment: z.string().nullable(), at: instantSchema })
    .nullable()
    .describe('What was said last'),
  secondLook: z.string().nullable(),
  deferredUntil: instantSchema.nullable(),
  appliedAt: instantSchema.nullable(),
  notApplied: z.string().nullable(),
})
export type CampaignItem = z.infer<typeof campaignItemSchema>

const listItems = defineQuery({
  name: 'campaigns.items',
  summary: 'What a campaign asks about, whom, and how it was answered',
  method: 'GET',
  path: '/campaigns/{slug}/items',
  input: listItemsInput,
  output: pageOf(campaignItemSchema),
  async handler({ db, actor }, input) {
    const { id } = await getCampaign(db, input.slug)
    return await findItems(db, id, input, actor.personId)
  },
})

export const campaignItems = { 'campaigns.items': listItems }
