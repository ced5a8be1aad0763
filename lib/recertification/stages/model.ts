import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { externalIdSchema, idSchema, nameSchema, reasonSchema, riskTiers, slugSchema } from '@/lib/registry/model'
import { versionSchema } from '@/lib/registry/shapes'
import { durationSchema } from '@/lib/time/calendar'
import { campaignStates, challengeStates, outcomes } from '../model'

/** What ends something of a campaign, and shows first what that changes. */
export const endingActs = ['end_stage', 'close', 'stop'] as const
export type EndingAct = (typeof endingActs)[number]

export const fates = ['next_stage', ...outcomes, 'withdrawn'] as const
/** What becomes of items: they go on to the next stage, come to an outcome for good, or are not asked about any more. */
export type Fate = (typeof fates)[number]

const count = z.number().int()
const verdict = z.union([z.literal(true), z.string()]).describe('`true`, or why not')

export const endPreviewSchema = z.object({
  can: verdict,
  leadsTo: z.enum(campaignStates).describe('The state of the campaign afterwards; closing goes on to closed by itself'),
  challengeUntil: z.iso.date().nullable().describe('The last day on which revocations may be contested'),
  fates: z.array(
    z.object({
      fate: z.enum(fates),
      items: count,
      unanswered: count.describe('Of them, those that nobody answered'),
      first: z.array(z.object({ id: z.uuid(), subject: z.string(), risk: z.enum(riskTiers) })),
    }),
  ),
  changes: z.array(z.string()).describe('What that does to the registry, in sentences'),
})
export type EndPreview = z.infer<typeof endPreviewSchema>

const campaignInput = z.strictObject({ slug: slugSchema })
export const endPreviewInput = campaignInput.extend({ act: z.enum(endingActs) })
export const moveInput = campaignInput.extend({ version: versionSchema.optional(), reason: reasonSchema.optional() })
export const stopInput = moveInput.extend({ reason: reasonSchema })
export const extendInput = moveInput.extend({
  dueOn: z.iso.date().describe('The new last day to answer'),
  reason: reasonSchema,
})
export const reassignInput = campaignInput.extend({
  version: versionSchema.optional(),
  from: externalIdSchema.describe('Whose open items'),
  to: externalIdSchema.describe('Who is asked instead'),
  reason: reasonSchema,
})
export const reassignedSchema = z.object({
  reassigned: count,
  kept: count.describe('Items that stay: the other answers for them, or was asked already'),
})
export const sendBackInput = campaignInput.extend({
  version: versionSchema.optional(),
  items: z.array(idSchema).min(1).max(1000).optional(),
  sample: z
    .strictObject({
      size: z.number().int().min(1).max(1000),
      reviewer: externalIdSchema.optional().describe('Only what this person certified'),
    })
    .optional()
    .describe('So many items drawn at random among those that were certified'),
  request: reasonSchema.describe('What to look at again'),
})
export const sentBackSchema = z.object({
  sentBack: count,
  items: z.array(z.object({ id: z.uuid(), subject: z.string() })),
})
export const reiterateInput = campaignInput.extend({
  name: nameSchema.optional(),
  duration: durationSchema.optional().describe('How long to answer this time; as long as before when left out'),
  reason: reasonSchema.optional(),
})
export const movedSchema = z.object({ slug: z.string(), version: count, state: z.enum(campaignStates) })

export const contestInput = z.strictObject({ item: idSchema, reason: reasonSchema })
export const listChallengesInput = z.strictObject({
  campaign: slugSchema.optional(),
  state: commaList(z.enum(challengeStates)).optional(),
  ...pageInput,
})
export const decideChallengeInput = z.strictObject({
  id: idSchema,
  decision: z
    .enum(['upheld', 'overturned'])
    .describe('Whether the revocation stands, or the access or ownership is kept'),
  note: reasonSchema,
})
export const challengeSchema = z.object({
  id: z.uuid(),
  item: z.uuid(),
  subject: z.string(),
  risk: z.enum(riskTiers),
  campaign: z.object({ slug: z.string(), name: z.string() }),
  by: z.string(),
  reason: z.string(),
  at: z.iso.datetime(),
  state: z.enum(challengeStates),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  note: z.string().nullable(),
  revoked: z.object({ by: z.string(), comment: z.string().nullable() }).nullable().describe('Who revoked it, and why'),
  can: z.object({ decide: verdict }),
})
export type Challenge = z.infer<typeof challengeSchema>
