import { z } from 'zod'
import { externalIdSchema, slugSchema } from '@/lib/registry/model'
import { defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { getCampaign, type StoredCampaign } from '../campaign-store'
import { definitionSchema } from '../model'
import { personOfAccount } from '../people-store'
import { orderOf, personNamed, silentIn } from './order-store'
import { previewSchema } from './preview-model'
import { previewOf } from './preview-store'

const previewCampaign = defineQuery({
  name: 'campaigns.preview',
  summary: 'What a campaign would ask about and whom, were it launched now; writes nothing',
  method: 'POST',
  path: '/campaigns/preview',
  input: z.strictObject({
    definition: definitionSchema,
    campaign: slugSchema
      .optional()
      .describe('The campaign that the definition is of: its owner is the last resort, and a reiteration asks again'),
    owner: externalIdSchema
      .optional()
      .describe('External id of the person who owns it, if that is neither the owner of the campaign nor who asks'),
  }),
  output: previewSchema,
  async handler(context, input) {
    const { db, now } = context
    const { definition, campaign: slug } = input
    const campaign = slug === undefined ? null : await getCampaign(db, slug)
    const owner = await ownerOf(context, campaign, input.owner)
    const silent = campaign ? silentIn(campaign) : null
    return await previewOf(db, definition, orderOf(definition, owner, silent), now)
  },
})

async function ownerOf({ db, actor }: UseCaseContext, campaign: StoredCampaign | null, owner: string | undefined) {
  if (owner !== undefined) return await personNamed(db, owner)
  return campaign ? await personOfAccount(db, campaign.ownerId) : actor.personId
}

export const previewUseCases = { 'campaigns.preview': previewCampaign }
