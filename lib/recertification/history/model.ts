import { z } from 'zod'
import { layerIds } from '@/lib/layers'
import { certificationEventKinds, itemStates, outcomes, verdicts } from '../model'

const instantSchema = z.iso.datetime()
const campaignRefSchema = z.object({ slug: z.string(), name: z.string() })

/** How a binding is certified now. */
export const certificationSchema = z.object({
  standing: z
    .enum(['never', 'lost', 'expired', 'certified', 'revoked'])
    .describe(
      'never: not since it became active; lost: something changed since; expired: too long ago; revoked: the binding is no more',
    ),
  until: instantSchema.nullable().describe('The last instant at which it counts, or counted, as certified'),
  at: instantSchema.nullable(),
  by: z.string().nullable().describe('Who certified it; null when an import said so'),
  campaign: campaignRefSchema.nullable().describe('Where it was asked'),
  lostAt: instantSchema.nullable().describe('When something changed that took the certification away'),
  unanswered: z
    .object({ at: instantSchema, campaign: z.string() })
    .nullable()
    .describe('The last campaign that ended without an answer, when none got one since'),
})
export type CertificationView = z.infer<typeof certificationSchema>

/** One campaign that asked about something, and what came of it. */
const askedSchema = z.object({
  type: z.literal('asked'),
  at: instantSchema.describe('When it was answered, else when it was asked'),
  item: z.uuid(),
  layer: z.enum(layerIds).nullable().describe('Of an assignment'),
  campaign: campaignRefSchema,
  because: z.string().nullable().describe('Why the campaign was launched, when something happened'),
  state: z.enum(itemStates),
  outcome: z.enum(outcomes).nullable(),
  answer: z
    .object({ verdict: z.enum(verdicts), by: z.string(), comment: z.string().nullable() })
    .nullable()
    .describe('The answer that stands'),
})

/** Something that happened and took a certification away. */
const eventSchema = z.object({
  type: z.literal('event'),
  at: instantSchema,
  kind: z.enum(certificationEventKinds),
  words: z.string().describe('What happened'),
  campaign: campaignRefSchema.nullable().describe('The campaign that asked because of it'),
})

export const historyEntrySchema = z.discriminatedUnion('type', [askedSchema, eventSchema])
export type HistoryEntry = z.infer<typeof historyEntrySchema>
/** Entries of one kind in a history at most. */
export const historyMax = 20
