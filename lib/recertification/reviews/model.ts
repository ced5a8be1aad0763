import { z } from 'zod'
import { severities } from '@/lib/gaps/model'
import { commaList, pageInput } from '@/lib/http/page'
import { layerIds } from '@/lib/layers'
import { externalIdSchema, idSchema, reasonSchema, riskTiers, slugSchema } from '@/lib/registry/model'
import {
  campaignKinds,
  campaignStates,
  itemReviewerStates,
  itemStates,
  outcomes,
  reviewerReasons,
  standings,
  verdicts,
} from '../model'
import { accessPictureSchema, ownershipPictureSchema } from '../picture'

/** Most items one command works on. */
export const itemsAtOnceMax = 10_000

/** From so many items in one go on, a decision counts as made in bulk. */
export const bulkFrom = 5

/** An item can be handed to somebody else so often. */
export const handOversMax = 2

export const reviewGroups = ['tool', 'agent', 'layer', 'campaign'] as const
/** What of an item puts it beside its like. */
export type ReviewGroup = (typeof reviewGroups)[number]

export const inboxStates = ['open', 'deferred', 'answered'] as const
/** Open and before me; put off until a day; answered by me or for me, or given back. */
export type InboxState = (typeof inboxStates)[number]

const instant = z.iso.datetime({ offset: true })
const named = z.object({ slug: z.string(), name: z.string() })
const personSchema = z.object({ id: z.uuid(), externalId: z.string(), name: z.string() })
export const recommendations = ['certify', 'revoke', 'look_closer'] as const
/** What the facts speak for. A recommendation and no more: it is never chosen for the reviewer. */
export type RecommendedVerdict = (typeof recommendations)[number]
const says = z.enum(recommendations)
const recommendationSchema = z.object({
  verdict: says,
  reasons: z.array(z.object({ says, text: z.string() })).describe('What weighs most first'),
})

/** `true`, or why not. */
const can = z.union([z.literal(true), z.string()])

export const decisionSchema = z.object({
  id: z.uuid(),
  batch: z.uuid(),
  stage: z.number().int(),
  verdict: z.enum(verdicts),
  by: z.string(),
  mine: z.boolean().describe('Whether it is the decision of the one who asks'),
  standsInFor: z.string().nullable().describe('Name of the person it was decided for'),
  comment: z.string().nullable(),
  toTeam: named.nullable(),
  toPerson: z.string().nullable(),
  at: instant,
  undoneAt: instant.nullable(),
  undoneBy: z.string().nullable(),
})
export type ReviewDecision = z.infer<typeof decisionSchema>

/** An item as the inbox shows it: all that a decision needs, on one line. */
export const reviewRowSchema = z.object({
  id: z.uuid(),
  campaign: z.object({
    slug: z.string(),
    name: z.string(),
    kind: z.enum(campaignKinds),
    state: z.enum(campaignStates),
  }),
  stage: z.number().int(),
  state: z.enum(itemStates),
  outcome: z.enum(outcomes).nullable(),
  subject: z.string().describe('`agent/tool@environment`, or `layer:scope:subject`'),
  agent: named.nullable(),
  tool: named.nullable(),
  environment: z.string().nullable(),
  layer: z.enum(layerIds).nullable(),
  team: named.nullable().describe('The team it belongs to: the one asked about, or the owner of entitlement'),
  risk: z.enum(riskTiers),
  standing: z.enum(standings),
  changes: z.array(z.string()).describe('What changed since it was last certified'),
  later: z.array(z.string()).describe('What changed since the campaign took its picture'),
  intent: z.string().nullable().describe('The approved intent; for ownership why it was set'),
  actions: z.array(z.string()),
  certified: z.object({ at: instant, by: z.string().nullable() }).nullable(),
  gaps: z.array(z.object({ rule: z.string(), title: z.string(), severity: z.enum(severities) })),
  gapCount: z.number().int(),
  lastUsedAt: instant.nullable().describe('Null when the source cannot tell'),
  peers: z
    .object({ alike: z.number().int(), holding: z.number().int() })
    .nullable()
    .describe(
      'Others of the same sponsor and how many of them hold the tool; or others of its kind and how many the same team owns',
    ),
  recommendation: recommendationSchema,
  needsComment: z.boolean().describe('High and critical risk: every decision says why'),
  secondLook: z.string().nullable().describe('Why the campaign lead asks for a second look'),
  wasDeferred: z.boolean(),
  deferredUntil: instant.nullable(),
  decision: decisionSchema.nullable().describe('The answer that stands'),
  asked: z
    .object({
      because: z.enum(reviewerReasons),
      state: z.enum(itemReviewerStates),
      fallback: z.boolean(),
      dueAt: instant,
      overdue: z.boolean(),
      for: personSchema.nullable().describe('Whom the one who asks stands in for'),
      note: z.string().nullable(),
    })
    .nullable()
    .describe('Why the one who asks is asked; null when they are not'),
})
export type ReviewRow = z.infer<typeof reviewRowSchema>

export const inboxRowSchema = reviewRowSchema.extend({
  group: z.object({
    key: z.string(),
    title: z.string(),
    count: z.number().int().describe('Items in it, with these filters'),
  }),
})
export type InboxRow = z.infer<typeof inboxRowSchema>

export const listReviewsInput = z.strictObject({
  state: z.enum(inboxStates).default('open'),
  campaign: slugSchema.optional(),
  group: z.enum(reviewGroups).default('tool').describe('What stands together'),
  risk: commaList(z.enum(riskTiers)).optional(),
  standing: commaList(z.enum(standings)).optional(),
  layer: commaList(z.enum(layerIds)).optional(),
  kind: commaList(z.enum(campaignKinds)).optional(),
  q: z.string().trim().min(1).max(100).optional().describe('Text in what it is about'),
  ...pageInput,
})
export type InboxFilter = Omit<z.output<typeof listReviewsInput>, 'cursor' | 'limit'>

const countsShape = {
  open: z.number().int(),
  deferred: z.number().int(),
  answered: z.number().int(),
  overdue: z.number().int(),
  secondLooks: z.number().int(),
}
export const reviewCountsSchema = z.object({
  person: personSchema.nullable().describe('Who is asked; null when the account belongs to nobody of the registry'),
  ...countsShape,
  campaigns: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      kind: z.enum(campaignKinds),
      instructions: z.string(),
      selfReview: z.boolean(),
      stage: z.object({ number: z.number().int(), of: z.number().int(), name: z.string() }),
      dueOn: z.iso.date(),
      ...countsShape,
    }),
  ),
  over: z
    .array(
      z.object({
        slug: z.string(),
        name: z.string(),
        state: z.enum(campaignStates),
        at: instant.describe('When its last stage ended'),
        answered: z.number().int(),
        unanswered: z.number().int(),
      }),
    )
    .describe('Campaigns they were asked in that are over, the latest first'),
})
export type ReviewCounts = z.infer<typeof reviewCountsSchema>

export const reviewDetailSchema = reviewRowSchema.extend({
  picturedAt: instant,
  dueOn: z.iso.date().nullable(),
  stageName: z.string(),
  instructions: z.string(),
  picture: z
    .union([accessPictureSchema, ownershipPictureSchema])
    .describe('As it was when the campaign took its picture'),
  now: z.union([accessPictureSchema, ownershipPictureSchema]).nullable().describe('As it is now; null when it is gone'),
  reviewers: z.array(
    z.object({
      person: personSchema,
      stage: z.number().int(),
      because: z.enum(reviewerReasons),
      state: z.enum(itemReviewerStates),
      dueAt: instant,
      note: z.string().nullable(),
      heldBy: personSchema.nullable().describe('Who stands in for them now'),
    }),
  ),
  decisions: z
    .array(decisionSchema)
    .describe('All there were in this campaign, those taken back included; the newest first'),
  earlier: z
    .array(
      z.object({
        item: z.uuid(),
        campaign: named,
        outcome: z.enum(outcomes).nullable(),
        state: z.enum(itemStates),
        at: instant.nullable(),
        decidedBy: z.string().nullable(),
        comment: z.string().nullable(),
      }),
    )
    .describe('What earlier campaigns came to about the same thing; the newest first'),
  comments: z.array(z.object({ id: z.uuid(), at: instant, author: z.string(), text: z.string() })),
  can: z.object({
    decide: can,
    undo: can,
    handOver: can,
    contest: can.describe('For those whom a revocation affects, while it can be contested'),
  }),
})
export type ReviewDetail = z.infer<typeof reviewDetailSchema>

export const commentSchema = z.string().trim().max(2000, 'At most 2,000 characters')

const oneDecision = z.strictObject({
  item: idSchema,
  verdict: z.enum(verdicts),
  comment: commentSchema
    .optional()
    .describe('Needed at high and critical risk, and to revoke, reassign or say that it is not yours'),
  toTeam: slugSchema.optional().describe('For reassign: the team that is asked to accept'),
  toPerson: externalIdSchema.optional().describe('For reassign: who is to be accountable there'),
  deferUntil: z.iso.date().optional().describe('For defer: the day on which it comes back, within the stage'),
  lookedMs: z
    .number()
    .int()
    .min(0)
    .max(86_400_000)
    .optional()
    .describe('For how long it was before the eyes of the reviewer'),
})
export type AskedDecision = z.output<typeof oneDecision>

export const decideInput = z.strictObject({
  decisions: z
    .array(oneDecision)
    .min(1, 'Name at least one item')
    .max(itemsAtOnceMax, `At most ${itemsAtOnceMax.toLocaleString('en')} items at once`),
})
export const decidedSchema = z.object({
  batch: z.uuid().describe('Names this batch, to take it back'),
  decided: z.number().int(),
  open: z.number().int().describe('Items still open for you'),
  withoutReviewer: z.number().int().describe('Items given back for which nobody else was found'),
})

export const undoInput = z
  .strictObject({
    batch: idSchema.optional(),
    items: z.array(idSchema).min(1).max(itemsAtOnceMax).optional(),
    reason: reasonSchema.optional(),
  })
  .refine(({ batch, items }) => (batch === undefined) !== (items === undefined), 'Name a batch, or items')

export const handOverInput = z.strictObject({
  items: z.array(idSchema).min(1, 'Name at least one item').max(itemsAtOnceMax),
  to: externalIdSchema.describe('External id of an active person'),
  reason: reasonSchema,
})

export const handoverSchema = z.object({
  id: z.uuid(),
  from: personSchema,
  to: personSchema,
  startsAt: instant,
  endsAt: instant.describe('The first instant it holds no more'),
  running: z.boolean(),
  reason: z.string(),
  createdAt: instant,
  createdBy: z.string(),
  end: can,
})
export type HandoverView = z.infer<typeof handoverSchema>

export const createHandoverInput = z.strictObject({
  from: externalIdSchema.optional().describe('Whose reviews; yours when left out'),
  to: externalIdSchema,
  startsOn: z.iso.date().describe('The first day, where the one who hands over is'),
  endsOn: z.iso.date().describe('The last day'),
  reason: reasonSchema,
})
