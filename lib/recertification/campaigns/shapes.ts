import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { externalIdSchema, nameSchema, proseSchema, reasonSchema, slugSchema } from '@/lib/registry/model'
import { instantSchema, personRefSchema, searchText, versionSchema } from '@/lib/registry/shapes'
import { campaignKinds, campaignStates, campaignTriggers, definitionSchema, outcomes } from '../model'

/** `true`, or the reason why the asker may not. */
export const verdictSchema = z.union([z.literal(true), z.string()])

const count = z.number().int()
const daySchema = z.iso.date()
export const namedSchema = z.object({ slug: z.string(), name: z.string() })

/** How far a campaign has come, in items. */
export const progressSchema = z.object({
  items: count.describe('All that it asks about'),
  ready: count.describe('Of them, those whose reviewers were asked'),
  open: count.describe('Waiting for an answer in the present stage'),
  answered: count.describe('Answered, by now or for good'),
  unanswered: count.describe('Over without an answer'),
  withdrawn: count.describe('Not asked about any more'),
  contested: count,
  applied: count.describe('Answers applied to the registry, while it is being closed and after'),
})
export type Progress = z.infer<typeof progressSchema>

const ownerSchema = z.object({
  name: z.string(),
  person: personRefSchema.nullable(),
})

const rowFields = {
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  kind: z.enum(campaignKinds),
  state: z.enum(campaignStates),
  trigger: z.enum(campaignTriggers),
  because: z.string().nullable(),
  template: namedSchema.nullable(),
  owner: ownerSchema,
  startsAt: instantSchema.nullable(),
  launchedAt: instantSchema.nullable(),
  stage: count.describe('The stage it is in, from 1; 0 before the first'),
  stages: count.describe('How many stages it has'),
  dueOn: daySchema.nullable().describe('The last day to answer in the present stage'),
  challengeEndsAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  trouble: z.string().nullable().describe('Why launching or closing does not get on'),
  progress: progressSchema,
  signedAt: instantSchema.nullable(),
  createdAt: instantSchema,
}
export const campaignRowSchema = z.object(rowFields)
export type CampaignRow = z.infer<typeof campaignRowSchema>

const canSchema = z.object({
  edit: verdictSchema,
  discard: verdictSchema,
  schedule: verdictSchema,
  unschedule: verdictSchema,
  start: verdictSchema,
  comment: verdictSchema,
  endStage: verdictSchema,
  extend: verdictSchema,
  reassign: verdictSchema,
  sendBack: verdictSchema,
  stop: verdictSchema,
  close: verdictSchema,
  reiterate: verdictSchema,
})

export const campaignDetailSchema = z.object({
  ...rowFields,
  description: z.string(),
  definition: definitionSchema,
  startsOn: daySchema.nullable().describe('The day on which it starts, where the organisation is'),
  contestableUntil: daySchema.nullable().describe('The last day of the challenge period, where the organisation is'),
  parent: namedSchema.nullable().describe('The campaign whose unanswered items it asks about again'),
  iterations: z.array(namedSchema.extend({ state: z.enum(campaignStates) })),
  outcomes: z
    .record(z.enum(outcomes), count)
    .describe('Items by outcome: provisional while a stage runs, final afterwards'),
  stageRuns: z.array(
    z.object({
      number: count,
      name: z.string(),
      startedAt: instantSchema,
      dueOn: daySchema,
      endsAt: instantSchema.describe('When the due day has ended for everybody'),
      extended: z.boolean(),
      endedAt: instantSchema.nullable(),
    }),
  ),
  picturedAt: instantSchema.nullable().describe('The instant that its frozen picture shows'),
  endedReason: z.string().nullable(),
  attestation: z.string().nullable(),
  signedBy: z.string().nullable(),
  can: canSchema,
  version: count,
  createdBy: z.string(),
  updatedAt: instantSchema,
})
export type CampaignDetail = z.infer<typeof campaignDetailSchema>

export const slugInput = z.strictObject({ slug: slugSchema })

export const listCampaignsInput = z.strictObject({
  q: searchText,
  state: commaList(z.enum(campaignStates)).optional(),
  kind: commaList(z.enum(campaignKinds)).optional(),
  trigger: commaList(z.enum(campaignTriggers)).optional(),
  template: commaList(slugSchema).optional().describe('Slugs of the templates they were made from'),
  owner: externalIdSchema.optional().describe('External id of the person who owns it; `me` is who asks'),
  ...pageInput,
})

const ownerInput = externalIdSchema
  .optional()
  .describe('External id of the person whose account owns it: signs it off, and is the last resort for reviewers')

export const createCampaignInput = z.strictObject({
  name: nameSchema.optional().describe('The name of the template when left out'),
  description: proseSchema.optional(),
  definition: definitionSchema.optional().describe('All of it; with a template, send what differs as `overrides`'),
  template: slugSchema.optional().describe('Slug of the template it is made from'),
  overrides: z
    .record(z.string().max(50), z.json())
    .optional()
    .describe('Parts of the definition that differ from the template, such as {"challengePeriod": "P7D"}'),
  owner: ownerInput,
  reason: reasonSchema.optional(),
})

export const updateCampaignInput = slugInput.extend({
  version: versionSchema,
  name: nameSchema.optional(),
  description: proseSchema.optional(),
  definition: definitionSchema.optional(),
  owner: ownerInput,
  reason: reasonSchema.optional(),
})

export const moveCampaignInput = slugInput.extend({
  version: versionSchema.optional(),
  reason: reasonSchema.optional(),
})

export const savedCampaignSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  version: count,
  state: z.enum(campaignStates),
})
