import { z } from 'zod'
import { layerIds } from '@/lib/layers'
import { riskTiers, slugSchema } from '@/lib/registry/model'
import { instantSchema } from '@/lib/registry/shapes'
import {
  campaignKinds,
  campaignStates,
  campaignTriggers,
  challengeStates,
  definitionSchema,
  itemReviewerStates,
  itemStates,
  outcomes,
  remediationSources,
  remediationStates,
  reviewerReasons,
  standings,
  verdicts,
} from '../model'
import { accessPictureSchema, ownershipPictureSchema } from '../picture'

/** Somebody as the registry calls them now; the external id is null for who is not in it any more. */
const personSchema = z.object({ id: z.uuid().nullable(), externalId: z.string().nullable(), name: z.string() })
const teamSchema = z.object({ id: z.uuid(), slug: z.string(), name: z.string() })

const reviewerSchema = z.object({
  stage: z.number().int(),
  person: personSchema,
  because: z.enum(reviewerReasons),
  fallback: z.boolean(),
  state: z.enum(itemReviewerStates),
  addedAt: instantSchema,
  dueAt: instantSchema,
  note: z.string().nullable(),
})

const decisionSchema = z.object({
  id: z.uuid(),
  stage: z.number().int(),
  person: personSchema.describe('Without an id when the non-response policy decided'),
  standsInFor: personSchema.nullable(),
  verdict: z.enum(verdicts),
  comment: z.string().nullable(),
  toTeam: teamSchema.nullable(),
  toPerson: personSchema.nullable(),
  at: instantSchema,
  lookedMs: z.number().int().nullable().describe('How long it was before them, as the page says'),
  batchSize: z.number().int().describe('How many were decided in the same call'),
  ofOwn: z.boolean().describe('They answer for the thing themselves'),
  seen: z.json(),
  undone: z.object({ at: instantSchema, by: z.string(), reason: z.string().nullable() }).nullable(),
})

const challengeSchema = z.object({
  id: z.uuid(),
  by: z.string(),
  reason: z.string(),
  at: instantSchema,
  state: z.enum(challengeStates),
  decidedAt: instantSchema.nullable(),
  decidedBy: z.string().nullable(),
  note: z.string().nullable(),
})

const remediationSchema = z.object({
  id: z.uuid(),
  state: z.enum(remediationStates),
  createdAt: instantSchema,
  dueAt: instantSchema,
  team: teamSchema.nullable(),
  assignee: personSchema.nullable(),
  verifiedAt: instantSchema.nullable(),
  events: z.array(
    z.object({
      from: z.enum(remediationStates).nullable(),
      to: z.enum(remediationStates),
      source: z.enum(remediationSources),
      by: z.string(),
      note: z.string(),
      link: z.string().nullable(),
      aboutAt: instantSchema.describe('The day it is about'),
      receivedAt: instantSchema.describe('When it was received'),
    }),
  ),
})

/** All that is on record about one item of a campaign. */
export const recordSchema = z.object({
  id: z.uuid(),
  subject: z.string().describe('`agent/tool@environment`, or `layer:scope:subject`'),
  agent: z.string().nullable(),
  tool: z.string().nullable(),
  layer: z.enum(layerIds).nullable(),
  risk: z.enum(riskTiers),
  team: teamSchema.nullable(),
  accountable: personSchema.nullable(),
  standing: z.enum(standings),
  stage: z.number().int(),
  state: z.enum(itemStates),
  outcome: z.enum(outcomes).nullable(),
  escalations: z.number().int(),
  wasDeferred: z.boolean(),
  deferredUntil: instantSchema.nullable(),
  secondLook: z.string().nullable(),
  appliedAt: instantSchema.nullable(),
  notApplied: z.string().nullable().describe('Why it could not be applied as decided'),
  picture: z.union([accessPictureSchema, ownershipPictureSchema]),
  reviewers: z.array(reviewerSchema),
  decisions: z.array(decisionSchema),
  challenges: z.array(challengeSchema),
  comments: z.array(z.object({ at: instantSchema, author: z.string(), text: z.string() })),
  remediation: remediationSchema.nullable(),
})
export type ReviewRecord = z.output<typeof recordSchema>

export const recordGroups = [
  'no_response',
  'revoked',
  'reassigned',
  'not_applied',
  'challenged',
  'second_look',
  'handed_over',
  'escalated',
  'undone',
  'deferred',
  'of_own',
] as const
/** Records an auditor asks for first. */
export type RecordGroup = (typeof recordGroups)[number]

export const recordsPerPageMax = 500
export const recordsInput = z.strictObject({
  slug: slugSchema,
  among: z.enum(recordGroups).optional().describe('Only those of a group'),
  cursor: z.string().max(2000).optional().describe('Where the last page ended (its `next`)'),
  limit: z.number().int().min(1).max(recordsPerPageMax).default(50).describe('Records a page'),
})

const countSchema = z.number().int()
const outcomeCounts = {
  items: countSchema,
  certify: countSchema,
  reassign: countSchema,
  revoke: countSchema,
  no_response: countSchema,
  pending: countSchema.describe('Without an outcome: not answered yet, or withdrawn'),
}
const groupSchema = z.object({ key: z.string(), title: z.string(), ...outcomeCounts })
export type GroupCounts = z.output<typeof groupSchema>

const referenceSchema = z.object({ slug: z.string(), name: z.string() })

/** A list cut at a hundred; the rest is in the records. */
const some = <Row extends z.ZodType>(row: Row) => z.object({ rows: z.array(row), more: z.boolean() })

const reviewerLineSchema = z.object({
  person: personSchema,
  asked: countSchema,
  open: countSchema,
  answered: countSchema,
  passedOn: countSchema,
  lapsed: countSchema,
  decisions: countSchema,
  certified: countSchema,
  revoked: countSchema,
  reassigned: countSchema,
  inBulk: countSchema.describe('Decided together with others'),
  timed: countSchema.describe('Decisions whose time is known'),
  medianMs: z.number().nullable(),
})
export type ReviewerLine = z.output<typeof reviewerLineSchema>

/** The record of a campaign in figures and lists that stay short however large it is. */
export const reportSchema = z.object({
  campaign: z.object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    kind: z.enum(campaignKinds),
    state: z.enum(campaignStates),
    trigger: z.enum(campaignTriggers),
    because: z.string().nullable(),
    owner: z.string(),
    createdAt: instantSchema,
    createdBy: z.string(),
    picturedAt: instantSchema.nullable(),
    launchedAt: instantSchema.nullable(),
    challengeEndsAt: instantSchema.nullable(),
    endedAt: instantSchema.nullable(),
    endedReason: z.string().nullable(),
    template: referenceSchema.nullable(),
    parent: referenceSchema.nullable(),
    iterations: z.array(referenceSchema),
  }),
  isFinal: z.boolean().describe('Closed or stopped: what follows can only be added, as by a remediation'),
  at: instantSchema.describe('When it was made'),
  definition: definitionSchema,
  scope: z.object({ all: z.string(), narrowed: z.array(z.object({ by: z.string(), to: z.string() })) }),
  policy: z.array(z.string()),
  stages: z.array(
    z.object({
      number: z.number().int(),
      name: z.string(),
      words: z.array(z.string()),
      startedAt: instantSchema.nullable(),
      dueOn: z.iso.date().nullable(),
      endedAt: instantSchema.nullable(),
      extended: z.boolean(),
      asked: countSchema.describe('Times that somebody was asked about an item'),
      answered: countSchema,
      passedOn: countSchema,
      lapsed: countSchema,
      open: countSchema,
      verdicts: z.record(z.enum(verdicts), countSchema),
    }),
  ),
  totals: z.object({
    ...outcomeCounts,
    byState: z.record(z.enum(itemStates), countSchema),
    reviewers: countSchema,
  }),
  byLayer: z.array(groupSchema),
  byRisk: z.array(groupSchema),
  byTeam: some(groupSchema),
  days: z.array(z.object({ day: z.iso.date(), verdicts: z.record(z.enum(verdicts), countSchema) })),
  reviewers: some(reviewerLineSchema),
  groups: z
    .record(z.enum(recordGroups), countSchema)
    .describe('How many records each group has; 1,001 stands for more than 1,000'),
  challenges: some(challengeSchema.extend({ subject: z.string() })),
  remediations: z.record(z.enum(remediationStates), countSchema).and(z.object({ overdue: countSchema })),
  comments: some(z.object({ at: instantSchema, author: z.string(), text: z.string() })),
  course: some(z.object({ at: instantSchema, actor: z.string(), action: z.string(), reason: z.string().nullable() })),
  attestation: z.string().describe('What is signed, or was'),
  signature: z.object({ by: z.string(), at: instantSchema, digest: z.string() }).nullable(),
  may: z.object({ sign: z.union([z.literal(true), z.string()]) }),
})
export type CampaignReport = z.output<typeof reportSchema>
