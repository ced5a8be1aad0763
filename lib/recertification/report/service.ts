import 'server-only'
import { z } from 'zod'
import { cutPage, listName, pageOf, startOf } from '@/lib/http/page'
import { slugSchema } from '@/lib/registry/model'
import { defineQuery } from '@/lib/use-cases/define'
import { getCampaign } from '../campaign-store'
import { composeReport } from './compose'
import { recordSchema, recordsInput, reportSchema } from './model'
import { findRecords } from './record-store'
import { signUseCases } from './sign'

const getReport = defineQuery({
  name: 'campaigns.report',
  summary: 'The record of a campaign in figures: who was asked, what they said, what came of it',
  method: 'GET',
  path: '/campaigns/{slug}/report',
  input: z.strictObject({ slug: slugSchema }),
  output: reportSchema,
  handler: async (context, { slug }) => await composeReport(context, await getCampaign(context.db, slug)),
})

const keySchema = z.tuple([z.string(), z.uuid()])

const listRecords = defineQuery({
  name: 'campaigns.records',
  summary: 'All that is on record about each item of a campaign',
  method: 'GET',
  path: '/campaigns/{slug}/records',
  input: recordsInput,
  output: pageOf(recordSchema),
  async handler({ db }, { slug, among, cursor, limit }) {
    const campaign = await getCampaign(db, slug)
    const list = listName('campaign-records', { campaign: campaign.id, among })
    const start = startOf(list, cursor)
    const [subject, id] = start === null ? [] : keySchema.parse(start)
    const after = subject === undefined || id === undefined ? null : { subject, id }
    const records = await findRecords(db, { campaignId: campaign.id, among, after, limit: limit + 1 })
    return cutPage(list, records, limit, (record) => [record.subject, record.id])
  },
})

/** The report of a campaign, its records, and its signature. */
export const reportUseCases = { 'campaigns.report': getReport, 'campaigns.records': listRecords, ...signUseCases }
