import { z } from 'zod'
import { cutPage, listName, pageInput, pageOf, startOf } from '@/lib/http/page'
import { idSchema, proseSchema } from '@/lib/registry/model'
import { instantSchema } from '@/lib/registry/shapes'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import { getCampaign } from '../campaign-store'
import { findComments, insertComment, itemOf } from './comments-store'
import { slugInput } from './shapes'

const commentSchema = z.object({
  id: z.uuid(),
  at: instantSchema,
  author: z.string(),
  text: z.string(),
  item: z
    .object({ id: z.uuid(), subject: z.string() })
    .nullable()
    .describe('The item it is about, where it is about one'),
})
export type CampaignComment = z.infer<typeof commentSchema>

const listComments = defineQuery({
  name: 'campaigns.comments',
  summary: 'What was said about a campaign, or about one of its items, the newest first',
  method: 'GET',
  path: '/campaigns/{slug}/comments',
  input: slugInput.extend({ item: idSchema.optional(), ...pageInput }),
  output: pageOf(commentSchema),
  async handler({ db }, { slug, item, cursor, limit }) {
    const { id: campaignId } = await getCampaign(db, slug)
    const list = listName('campaign-comments', { campaignId, item })
    const rows = await findComments(db, { campaignId, itemId: item }, limit + 1, startOf(list, cursor))
    return cutPage(list, rows, limit, (row) => [row.at, row.id])
  },
})

const comment = defineCommand({
  name: 'campaigns.comment',
  summary: 'Say something about a campaign, or about one of its items',
  method: 'POST',
  path: '/campaigns/{slug}/comments',
  input: slugInput.extend({
    item: idSchema.optional().describe('The item it is about'),
    text: proseSchema.min(1, 'Say something'),
  }),
  output: commentSchema,
  async handler(context, { slug, item: itemId, text }) {
    const { id } = await getCampaign(context.db, slug)
    const item = itemId === undefined ? null : await itemOf(context.db, id, itemId)
    if (itemId !== undefined && item === null) throw notFound('The item')
    const output = await insertComment(context, id, item, text)
    return {
      output,
      event: {
        subjectType: 'campaign',
        subjectId: id,
        after: { comment: output.id, item: item?.subject ?? null, text },
      },
    }
  },
})

export const campaignComments = {
  'campaigns.comments': listComments,
  'campaigns.comment': comment,
}
