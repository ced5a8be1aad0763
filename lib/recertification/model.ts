import { z } from 'zod'
import { layerIds } from '@/lib/layers'
import { ownerStatuses, ownershipScopes } from '@/lib/ownership/model'
import {
  bindingStates,
  environmentSchema,
  externalIdSchema,
  idSchema,
  riskTiers,
  slugSchema,
  toolKinds,
} from '@/lib/registry/model'
import { durationSchema, timeZoneSchema } from '@/lib/time/calendar'

export const campaignKinds = ['ownership', 'access'] as const
export type CampaignKind = (typeof campaignKinds)[number]

export const campaignStates = [
  'draft',
  'scheduled',
  'launching',
  'running',
  'settled',
  'closing',
  'closed',
  'stopped',
] as const
export type CampaignState = (typeof campaignStates)[number]

export const campaignTriggers = ['hand', 'schedule', 'cadence', 'event', 'reiteration'] as const
export type CampaignTrigger = (typeof campaignTriggers)[number]

export const campaignLaunches = ['hand', 'recurring', 'cadence', 'event'] as const
export type CampaignLaunch = (typeof campaignLaunches)[number]

export const itemStates = ['open', 'answered', 'settled', 'contested', 'applied', 'withdrawn'] as const
export type ItemState = (typeof itemStates)[number]

export const outcomes = ['certify', 'reassign', 'revoke', 'no_response'] as const
export type Outcome = (typeof outcomes)[number]

/** What a reviewer says; the first three answer, the others do not. */
export const verdicts = ['certify', 'reassign', 'revoke', 'not_mine', 'defer'] as const
export type Verdict = (typeof verdicts)[number]

export const standings = ['new', 'changed', 'unchanged', 'unknown'] as const
/** How an item stands since it was last certified; `unknown` when it was certified outside of campaigns, without a picture. */
export type Standing = (typeof standings)[number]

export const reviewerReasons = [
  'layer_lead',
  'accountable',
  'sponsor',
  'manager',
  'team',
  'person',
  'governance_lead',
  'campaign_owner',
  'escalation',
  'handed_over',
  'named',
] as const
/** Why somebody is asked. */
export type ReviewerReason = (typeof reviewerReasons)[number]

export const itemReviewerStates = ['open', 'answered', 'passed_on', 'lapsed'] as const
export type ItemReviewerState = (typeof itemReviewerStates)[number]

export const remediationStates = ['open', 'evidenced', 'verified', 'reopened', 'cancelled'] as const
export type RemediationState = (typeof remediationStates)[number]

export const remediationSources = ['person', 'import', 'decision_log', 'campaign'] as const
export type RemediationSource = (typeof remediationSources)[number]

export const challengeStates = ['open', 'upheld', 'overturned'] as const
export type ChallengeState = (typeof challengeStates)[number]

export const certificationEventKinds = [
  'owner_left',
  'privileges_widened',
  'risk_raised',
  'independent_privileges_gained',
  'chain_extended',
] as const
/** What takes a certification away. */
export type CertificationEventKind = (typeof certificationEventKinds)[number]

/** Who is asked, found for each item; the layer says whose lead or accountable person (access; entitlement when absent). */
export const reviewerStrategySchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('layer_lead'), layer: z.enum(layerIds).optional() }),
  z.strictObject({ by: z.literal('accountable'), layer: z.enum(layerIds).optional() }),
  z.strictObject({ by: z.literal('sponsor') }),
  z.strictObject({ by: z.literal('manager'), layer: z.enum(layerIds).optional() }),
  z.strictObject({ by: z.literal('team'), team: slugSchema }),
  z.strictObject({ by: z.literal('person'), person: externalIdSchema }),
  z.strictObject({ by: z.literal('governance_lead') }),
])
export type ReviewerStrategy = z.output<typeof reviewerStrategySchema>

/** After so long without an answer, counted from the start of the stage, somebody is asked besides, or instead. */
export const escalationStepSchema = z.strictObject({
  after: durationSchema,
  action: z.enum(['add', 'hand_to']),
  to: reviewerStrategySchema,
})
export type EscalationStep = z.output<typeof escalationStepSchema>

export const stageSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  reviewers: reviewerStrategySchema,
  /** Tried in order when the strategy finds nobody; the campaign's owner is the last resort. */
  fallbacks: z.array(reviewerStrategySchema).max(5).default([]),
  duration: durationSchema,
  escalation: z.array(escalationStepSchema).max(5).default([]),
  /** The answers of the stage before it that this one asks about again; the first stage takes everything. */
  takes: z.array(z.enum(outcomes)).min(1).max(4).default(['certify', 'no_response']),
})
export type Stage = z.output<typeof stageSchema>

const several = <Item extends z.ZodType<string, string>>(item: Item) => z.array(item).min(1).max(50)
const textSchema = z.string().trim().min(1).max(100)

/** Bindings, narrowed as the matrix is (a `MatrixFilter`); active ones when no state is named. */
export const accessScopeSchema = z.strictObject({
  state: several(z.enum(bindingStates)).optional(),
  risk: several(z.enum(riskTiers)).optional(),
  environment: several(environmentSchema).optional(),
  kind: several(z.enum(toolKinds)).optional(),
  agent: slugSchema.optional(),
  tool: slugSchema.optional(),
  team: several(slugSchema).optional(),
  layer: several(z.enum(layerIds)).optional(),
  status: several(z.enum(ownerStatuses)).optional(),
  text: textSchema.optional(),
})
/** Proposed and accepted assignments, narrowed like the matrix where that makes sense for them. */
export const ownershipScopeSchema = z.strictObject({
  layer: several(z.enum(layerIds)).optional(),
  scope: several(z.enum(ownershipScopes)).optional(),
  team: several(slugSchema).optional(),
  state: several(z.enum(['proposed', 'accepted'])).optional(),
  agent: slugSchema.optional(),
  tool: slugSchema.optional(),
  /** Highest risk among the active bindings it supplies an owner to. */
  risk: several(z.enum(riskTiers)).optional(),
  /** Text in the name or slug of what it is about. */
  text: textSchema.optional(),
})

export const nonResponsePolicies = ['gap', 'revoke', 'extend_once'] as const
/** What becomes of items nobody answered: left as a gap, revoked, or asked about once more for as long again, then left as a gap. */
export type NonResponsePolicy = (typeof nonResponsePolicies)[number]

/** How many items a campaign may name one by one. */
export const itemsNamedMax = 10_000
const definitionShape = {
  stages: z.array(stageSchema).min(1, 'At least one stage').max(3, 'At most three stages'),
  nonResponse: z.enum(nonResponsePolicies).default('gap'),
  /** How long those affected by a revocation may contest it; null for no challenge. */
  challengePeriod: durationSchema.nullable().default(null),
  /** Whether it closes when the last stage and the challenge period are over, or waits for somebody to close it. */
  closes: z.enum(['by_itself', 'by_hand']).default('by_itself'),
  /** Whether people may review what they answer for themselves. Shown wherever it matters. */
  selfReview: z.boolean().default(false),
  /** How long before the start reviewers see what they will be asked; null for not at all. */
  announce: durationSchema.nullable().default(null),
  /** What reviewers read above their items. */
  instructions: z.string().trim().max(4000).default(''),
  /** What the owner of the campaign signs at its end. */
  attestation: z.string().trim().max(4000).default(''),
  /** Days before the due day on which reviewers with open items are reminded, besides the first mail. */
  reminderDays: z.array(z.number().int().min(0).max(60)).max(5).default([7, 3, 1]),
  /** Just these bindings or assignments, by id, within the scope: what an event touched. */
  only: z.array(idSchema).max(itemsNamedMax).optional(),
}

export const definitionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('access'), scope: accessScopeSchema.prefault({}), ...definitionShape }),
  z.strictObject({ kind: z.literal('ownership'), scope: ownershipScopeSchema.prefault({}), ...definitionShape }),
])
/** All that makes a campaign: what it asks about, whom, how long, and what becomes of the answers. */
export type Definition = z.output<typeof definitionSchema>
export type OwnershipScopeFilter = z.output<typeof ownershipScopeSchema>

/** When a template launches by itself. */
export const scheduleSchema = z.discriminatedUnion('launch', [
  z.strictObject({
    launch: z.literal('recurring'),
    /** The day of the first occurrence; the others follow at `every`, counted from it. */
    first: z.iso.date(),
    every: durationSchema,
    timeZone: timeZoneSchema,
  }),
  z.strictObject({
    launch: z.literal('cadence'),
    /** How many days before a certification runs out its binding is asked about. */
    leadDays: z.number().int().min(0).max(365).default(14),
    /** How often what falls due is collected into a campaign. */
    every: durationSchema.default('P7D'),
    timeZone: timeZoneSchema,
  }),
  z.strictObject({
    launch: z.literal('event'),
    events: z.array(z.enum(certificationEventKinds)).min(1),
  }),
])
export type Schedule = z.output<typeof scheduleSchema>
