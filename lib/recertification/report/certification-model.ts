import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { layerIds } from '@/lib/layers'
import { assignmentStates } from '@/lib/ownership/model'
import { bindingStates, riskTiers, slugSchema } from '@/lib/registry/model'
import { instantSchema } from '@/lib/registry/shapes'
import { campaignKinds, outcomes } from '../model'

export const certificationStandings = ['certified', 'expired', 'lost', 'never', 'revoked'] as const

/** How the certification of a binding or an ownership stands. */
export const certificationSchema = z.object({
  kind: z.enum(campaignKinds),
  subject: z.string().describe('`agent/tool@environment`, or `layer:scope:subject`'),
  agent: z.string().nullable(),
  tool: z.string().nullable(),
  layer: z.enum(layerIds).nullable(),
  team: z.string().nullable().describe('Owner of entitlement, or the team that is the owner'),
  risk: z.enum(riskTiers).nullable(),
  state: z.enum([...bindingStates, ...assignmentStates]),
  standing: z.enum(certificationStandings),
  certifiedAt: instantSchema.nullable(),
  certifiedBy: z.string().nullable(),
  certifiedUntil: instantSchema
    .nullable()
    .describe('By the cadence of its risk; null for ownership, which no cadence ends'),
  lostAt: instantSchema.nullable().describe('When a change took the certification away'),
  campaign: z.string().nullable().describe('Null when it was certified outside of campaigns'),
  outcome: z.enum(outcomes).nullable(),
  item: z.uuid().nullable(),
  unansweredAt: instantSchema.nullable().describe('When a later campaign ended without an answer about it'),
})
export type CertificationRow = z.output<typeof certificationSchema>

export const certificationsInput = z.strictObject({
  kind: z.enum(campaignKinds).optional(),
  standing: commaList(z.enum(certificationStandings)).optional(),
  since: instantSchema.optional().describe('Certified at this instant or later'),
  until: instantSchema.optional().describe('Certified before this instant'),
  campaign: slugSchema.optional().describe('Certified by this campaign'),
  agent: slugSchema.optional(),
  tool: slugSchema.optional(),
  team: slugSchema.optional(),
  ...pageInput,
})
export type CertificationFilter = Omit<z.output<typeof certificationsInput>, 'cursor' | 'limit'>
