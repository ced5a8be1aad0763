import { z } from 'zod'
import { cutPage, listName, pageInput, pageOf, startOf } from '@/lib/http/page'
import { idSchema } from '@/lib/registry/model'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { findComments, insertComment } from './comment-store'
import { gapsToWorkOn } from './gap-store'
import { commentSchema, commentTextSchema } from './model'

/** Says something about a gap. */
export const commentOnGap = defineCommand({
  name: 'gaps.comment',
  summary: 'Comment on a gap',
  method: 'POST',
  path: '/gaps/{id}/comments',
  input: z.strictObject({ id: idSchema, text: commentTextSchema }),
  output: commentSchema,
  async handler(context, { id, text }) {
    await gapsToWorkOn(context, [id])
    const comment = await insertComment(context, id, text)
    return {
      output: comment,
      event: { subjectType: 'gap', subjectId: id, after: { comment: comment.id, text } },
    }
  },
})

export const listComments = defineQuery({
  name: 'gaps.comments',
  summary: 'What was said about a gap, the newest first',
  method: 'GET',
  path: '/gaps/{id}/comments',
  input: z.strictObject({ id: idSchema, ...pageInput }),
  output: pageOf(commentSchema),
  async handler(context, { id, cursor, limit }) {
    const list = listName('gap-comments', { id })
    await gapsToWorkOn(context, [id])
    const rows = await findComments(context.db, id, limit + 1, startOf(list, cursor))
    return cutPage(list, rows, limit, (row) => [row.at, row.id])
  },
})
