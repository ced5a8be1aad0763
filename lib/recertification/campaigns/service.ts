import 'server-only'
import { pageOf } from '@/lib/http/page'
import { defineQuery } from '@/lib/use-cases/define'
import { campaignComments } from './comments'
import { describeCampaign } from './detail'
import { campaignItems } from './items'
import { findCampaigns } from './list-store'
import { campaignProgressUseCases } from './progress-query'
import { campaignDetailSchema, campaignRowSchema, listCampaignsInput, slugInput } from './shapes'
import { campaignSignalUseCases } from './signals'
import { campaignStarts } from './start'
import { campaignTemplateUseCases } from './templates/service'
import { campaignWrites } from './write'

const listCampaigns = defineQuery({
  name: 'campaigns.list',
  summary: 'Campaigns, the newest first',
  method: 'GET',
  path: '/campaigns',
  input: listCampaignsInput,
  output: pageOf(campaignRowSchema),
  handler: async ({ db, actor }, input) => await findCampaigns(db, input, { accountId: actor.id }),
})

const getCampaign = defineQuery({
  name: 'campaigns.get',
  summary: 'One campaign: where it stands, when it is due, how far it has come, and what can be done',
  method: 'GET',
  path: '/campaigns/{slug}',
  input: slugInput,
  output: campaignDetailSchema,
  handler: (context, { slug }) => describeCampaign(context, slug),
})

export const campaignUseCases = {
  'campaigns.list': listCampaigns,
  'campaigns.get': getCampaign,
  ...campaignWrites,
  ...campaignStarts,
  ...campaignItems,
  ...campaignProgressUseCases,
  ...campaignSignalUseCases,
  ...campaignComments,
  ...campaignTemplateUseCases,
}
