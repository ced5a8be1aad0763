import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { bindingStates, idSchema, riskTiers, slugSchema } from '@/lib/registry/model'
import { type RemediationState, remediationSources, remediationStates } from '../model'

const noteSchema = z.string().trim().max(1000, 'At most 1,000 characters')

/** Where there is still something to see to or to verify. */
export const unfinishedStates = ['open', 'reopened', 'evidenced'] as const

/** Whether there is still something to see to or to verify. */
export const isUnfinished = (state: RemediationState): boolean => unfinishedStates.some((each) => each === state)

export const listRemediationsInput = z.strictObject({
  state: commaList(z.enum(remediationStates)).optional().describe('Without it, those not verified or cancelled'),
  assignee: commaList(z.string().max(200))
    .optional()
    .describe('External ids of people; `me` is who asks, `none` finds what nobody sees to'),
  team: commaList(slugSchema).optional().describe('Slugs of teams that see to them'),
  campaign: slugSchema.optional().describe('Slug of the campaign that revoked the access'),
  binding: z.string().max(260).optional().describe('Slug of the binding that was revoked, as agent/tool@environment'),
  overdue: z
    .enum(['yes', 'no'])
    .optional()
    .describe('Whether the day has passed without anything that shows it is gone'),
  q: z.string().trim().max(200).optional().describe('Part of the binding, as agent/tool@environment'),
  ...pageInput,
})
export type RemediationFilter = Omit<z.output<typeof listRemediationsInput>, 'cursor' | 'limit'>

const namedSchema = z.object({ slug: z.string(), name: z.string() })

export const remediationRowSchema = z.object({
  id: z.uuid(),
  binding: z.string().describe('agent/tool@environment'),
  agent: namedSchema.nullable(),
  tool: namedSchema.nullable(),
  risk: z.enum(riskTiers),
  campaign: namedSchema,
  state: z.enum(remediationStates),
  dueAt: z.iso.datetime().describe('The end of the day by which the access has to be gone'),
  overdue: z.boolean(),
  team: namedSchema.nullable(),
  assignee: z.object({ id: z.string().describe('External id'), name: z.string() }).nullable(),
  createdAt: z.iso.datetime(),
  verifiedAt: z.iso.datetime().nullable(),
  version: z.number().int(),
})
export type RemediationRow = z.infer<typeof remediationRowSchema>

export const remediationEventSchema = z.object({
  id: z.uuid(),
  from: z.enum(remediationStates).nullable(),
  to: z.enum(remediationStates),
  source: z.enum(remediationSources),
  by: z.string(),
  note: z.string(),
  link: z.string().nullable(),
  aboutAt: z.iso.datetime().describe('What it is about was so at this time'),
  receivedAt: z.iso.datetime(),
})
export type RemediationEvent = z.infer<typeof remediationEventSchema>

const may = z.union([z.literal(true), z.string()])

export const remediationDetailSchema = remediationRowSchema.extend({
  bindingState: z.enum(bindingStates).nullable(),
  timeZone: z.string().describe('Where its days end'),
  events: z.array(remediationEventSchema).describe('The newest first'),
  can: z
    .object({ evidence: may, assign: may, setDue: may, cancel: may })
    .describe('What the one who asks may do with it, or why not'),
})
export type RemediationDetail = z.infer<typeof remediationDetailSchema>

const versionSchema = z
  .number()
  .int()
  .optional()
  .describe('The version that was looked at: refused as stale when there is a newer one')

const one = { id: idSchema, version: versionSchema }

export const remediationReasonSchema = noteSchema.min(3, 'Say why, in at least 3 characters')

export const assignRemediationInput = z.strictObject({
  ...one,
  assignee: z.string().max(200).nullable().describe('External id of an active person; null for nobody'),
  note: noteSchema.optional(),
})
export const setRemediationDueInput = z.strictObject({
  ...one,
  dueOn: z.iso.date('Write a day such as 2026-12-01').describe('The last day on which it is in time'),
  reason: remediationReasonSchema,
})
export const cancelRemediationInput = z.strictObject({
  ...one,
  reason: remediationReasonSchema,
})

export const evidenceTextSchema = noteSchema.min(3, 'Say what shows that the access is gone')
export const evidenceLinkSchema = z
  .url({ protocol: /^https?$/, error: 'Write an address that begins with https:// or http://' })
  .max(2000, 'At most 2,000 characters')
export const evidenceDaySchema = z.iso.date('Write a day such as 2026-12-01')
export const evidenceInput = z.strictObject({
  ...one,
  text: evidenceTextSchema.describe('What shows that the access is gone'),
  link: evidenceLinkSchema.optional().describe('Where it can be looked at'),
  aboutAt: evidenceDaySchema.describe('The day the evidence is about, not the day it is handed in'),
})
