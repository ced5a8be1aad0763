import { z } from 'zod'
import { severities } from '@/lib/gaps/model'
import { gapRowSchema } from '@/lib/gaps/shapes'
import { layerIds } from '@/lib/layers'
import { ownershipScopes } from '@/lib/ownership/model'
import { campaignTriggers } from '@/lib/recertification/model'
import { riskTiers } from '@/lib/registry/model'

const count = z.number().int()

/** How far back the trend looks, today included. */
export const trendDays = 30
/** Entries of the short lists of the overview. */
export const newestMax = 5
export const proposalsMax = 10
/** Campaigns under way that are shown. */
export const campaignsShownMax = 5
/** How far ahead certifications that run out are counted, and up to how many. */
export const fallingDueDays = 30
export const fallingDueMax = 1000
/** A count of somebody's own gaps stops here; one more means "more than that". */
export const ownGapsMax = 1000

/** The estate at a glance, and what waits for the one who looks. */
export const overviewSchema = z.object({
  totals: z.object({ agents: count, tools: count, bindings: count }).describe('Those that are active'),
  coverage: z
    .array(z.object({ layer: z.enum(layerIds), owned: count, unconfirmed: count, orphaned: count, unowned: count }))
    .describe('How the active bindings stand, per layer'),
  gaps: z.object({
    bySeverity: z.record(z.enum(severities), count).describe('Not resolved and not excepted'),
    byRule: z.array(z.object({ rule: z.string(), title: z.string(), count })),
    newest: z.array(gapRowSchema),
    trend: z
      .array(z.object({ day: z.iso.date(), opened: count, resolved: count }))
      .describe('The last 30 days, by UTC day'),
  }),
  overdueRecertifications: count,
  recertification: z.object({
    campaigns: z
      .array(
        z.object({
          slug: z.string(),
          name: z.string(),
          trigger: z.enum(campaignTriggers),
          because: z.string().nullable(),
          dueOn: z.iso.date().nullable(),
          items: count,
          open: count,
        }),
      )
      .describe('Under way, first what is due first'),
    openReviews: count.nullable().describe('Items that wait for me; null for an account that belongs to no person'),
    fallingDue: z
      .record(z.enum(riskTiers), count)
      .describe(`Certifications that run out within ${fallingDueDays} days, each counted up to ${fallingDueMax + 1}`),
  }),
  mine: z
    .object({
      proposals: z
        .array(
          z.object({
            id: z.uuid(),
            layer: z.enum(layerIds),
            scope: z.enum(ownershipScopes),
            subject: z.object({ slug: z.string(), name: z.string() }).nullable().describe('Null for the organisation'),
            team: z.object({ slug: z.string(), name: z.string() }),
            proposedAt: z.iso.datetime(),
            version: count,
          }),
        )
        .describe('Waiting for the teams I lead, longest first'),
      successions: count.describe('What I am asked to take over from people who left'),
      gaps: count.describe(`Gaps that concern the teams I am in, counted up to ${ownGapsMax + 1}`),
    })
    .nullable()
    .describe('Null for an account that belongs to no person'),
})
export type Overview = z.infer<typeof overviewSchema>
