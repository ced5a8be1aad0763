import { z } from 'zod'
import { defineQuery } from '@/lib/use-cases/define'
import { getCampaign } from '../campaign-store'
import { reviewerSignals } from '../reviews/signals-store'
import { slugInput } from './shapes'

const share = z.number().min(0).max(1)

const signalsSchema = z.object({
  rows: z.array(
    z.object({
      person: z.object({ externalId: z.string(), name: z.string() }),
      decided: z.number().int(),
      medianLookedMs: z
        .number()
        .int()
        .nullable()
        .describe('Half of the items were before their eyes for no longer; null when no page said'),
      bulkShare: share.describe('Of what they decided, how much in bulk'),
      certifyShare: share.describe('Of what they decided, how much they certified'),
    }),
  ),
})
export type CampaignSignals = z.infer<typeof signalsSchema>

/** How each reviewer went about deciding. It is there to choose where to take a second look, not to shame. */
const campaignSignals = defineQuery({
  name: 'campaigns.signals',
  summary: 'How each reviewer of a campaign went about deciding: how long, how much in bulk, how much certified',
  method: 'GET',
  path: '/campaigns/{slug}/signals',
  input: slugInput,
  output: signalsSchema,
  async handler({ db }, { slug }) {
    const { id } = await getCampaign(db, slug)
    const rows = await reviewerSignals(db, id)
    return {
      rows: rows.map(({ personId: _, externalId, name, ...signals }) => ({ person: { externalId, name }, ...signals })),
    }
  },
})

export const campaignSignalUseCases = { 'campaigns.signals': campaignSignals }
