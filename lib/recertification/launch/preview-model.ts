import { z } from 'zod'
import { layerIds } from '@/lib/layers'
import { riskTiers } from '@/lib/registry/model'

const count = z.number().int()

/** Whom the first stage would ask about what. */
export const previewSchema = z.object({
  items: count,
  certifiedBefore: count.describe('Of them, those that were certified at some time'),
  byRisk: z
    .array(z.object({ risk: z.enum(riskTiers), items: count }))
    .describe('The highest first; only those there are'),
  byLayer: z.array(z.object({ layer: z.enum(layerIds), items: count })).describe('Of assignments; empty for access'),
  reviewers: z.object({
    total: count,
    rows: z
      .array(z.object({ slug: z.string(), name: z.string(), items: count }))
      .describe('Those with the most items first, at most 50; an item with several reviewers counts for each'),
  }),
  byFallback: count.describe(
    'Items that the strategy finds nobody for, and a fallback or the owner of the campaign does',
  ),
  nobody: z.object({
    items: count.describe('Items that nobody at all is found for'),
    rows: z.array(z.string()).describe('The first twenty of them'),
  }),
  selfReview: count.describe(
    'Items whose reviewer answers for them themselves: others are asked instead, unless the campaign lets people review what is theirs',
  ),
})
export type Preview = z.infer<typeof previewSchema>
