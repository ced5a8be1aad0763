import { z } from 'zod'
import { contractStates } from '@/lib/contracts/model'
import { gapSubjectTypes, severities } from '@/lib/gaps/model'
import { layerIds } from '@/lib/layers'
import { ownerStatuses } from '@/lib/ownership/model'
import { externalIdSchema, reasonSchema, slugSchema } from '@/lib/registry/model'

/** One change as people name it. */
export const namedChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dissolve_team'), team: slugSchema }),
  z.strictObject({ kind: z.literal('person_leaves'), person: externalIdSchema.describe('External id, or id') }),
  z.strictObject({ kind: z.literal('retire_agent'), agent: slugSchema }),
  z.strictObject({
    kind: z.literal('move_ownership'),
    from: slugSchema.describe('The team that holds it now'),
    to: slugSchema.describe('The team that is to take it on'),
    tools: z.array(slugSchema).min(1).max(500).optional().describe('Only what it owns of these tools'),
  }),
])
export type NamedChange = z.output<typeof namedChangeSchema>

export const supposedInput = z.strictObject({
  changes: z.array(namedChangeSchema).min(1, 'Say what is to change').max(20, 'At most 20 changes at once'),
})
export const applyInput = supposedInput.extend({
  fingerprint: z
    .string()
    .length(64)
    .describe('Of the answer that was looked at: refused when it would be another by now'),
  reason: reasonSchema,
})

/** How many of each list are given; all of them are counted. */
export const shownMax = 200
export const examplesMax = 10

const standingSchema = z.object({
  status: z.enum([...ownerStatuses, 'gone']),
  team: z.object({ slug: z.string(), name: z.string() }).nullable(),
})
const gapSchema = z.object({
  rule: z.string(),
  title: z.string(),
  layer: z.enum(layerIds).nullable(),
  severity: z.enum(severities),
  subject: z.object({ type: z.enum(gapSubjectTypes), slug: z.string(), name: z.string() }),
  affected: z.number().int().describe('Active bindings it affects'),
  explanation: z.string(),
})
const coverageSchema = z.record(z.enum(ownerStatuses), z.number().int())

/** What a change would come to. */
export const answerSchema = z.object({
  fingerprint: z.string().describe('Send it with `whatif.apply`, so that nothing else is done than what was looked at'),
  changes: z.array(z.object({ kind: z.string(), title: z.string() })),
  totals: z.object({
    owners: z.number().int().describe('Cells (a layer of an active binding) that get another owner or standing'),
    opens: z.number().int(),
    closes: z.number().int(),
    changesSeverity: z.number().int(),
    contracts: z.number().int(),
    revokes: z.number().int().describe('Bindings that are revoked'),
    successions: z.number().int().describe('Ownerships and sponsorships that need a successor'),
  }),
  owners: z
    .array(
      z.object({
        layer: z.enum(layerIds),
        before: standingSchema,
        after: standingSchema,
        cells: z.number().int(),
        examples: z.array(z.string()).describe('The first of the bindings, by slug'),
      }),
    )
    .describe('Cells that change alike, the most frequent change first'),
  opens: z.array(gapSchema).describe(`The first ${shownMax}, most severe first`),
  closes: z.array(gapSchema).describe(`The first ${shownMax}, most severe first`),
  changesSeverity: z.array(z.object({ before: z.enum(severities), gap: gapSchema })),
  contracts: z.array(
    z.object({
      tool: z.object({ slug: z.string(), name: z.string() }),
      version: z.number().int(),
      state: z.enum(contractStates),
      because: z.enum(['written', 'signed', 'tool']).describe('The team wrote it, signed it off, or owned the tool'),
    }),
  ),
  coverage: z.array(z.object({ layer: z.enum(layerIds), before: coverageSchema, after: coverageSchema })),
})
export type Answer = z.output<typeof answerSchema>
