import { z } from 'zod'
import { commaList, cutPage, listName, pageInput, pageOf, startOf } from '@/lib/http/page'
import { idSchema } from '@/lib/registry/model'
import { defineQuery } from '@/lib/use-cases/define'
import { dayMs } from '../wording'
import { assignGaps } from './assign'
import { commentOnGap, listComments } from './comments'
import { setDueDate } from './due'
import { askExceptions } from './exception-ask'
import { approveException, oneException, refuseException, withdrawException } from './exception-decide'
import { findExceptions } from './exception-store'
import { exceptionSchema, exceptionStandings } from './model'
import { recheckGap } from './recheck'
import { transitionGaps } from './transition'

export const listExceptionsInput = z.strictObject({
  state: commaList(z.enum(exceptionStandings)).optional().describe('Without it, every state'),
  rule: commaList(z.string().max(60)).optional(),
  expiringWithinDays: z.number().int().min(1).max(3650).optional().describe('In force, and over within so many days'),
  ...pageInput,
})

const listExceptions = defineQuery({
  name: 'exceptions.list',
  summary: 'Exceptions: those that wait for approval first, then those in force by expiry, then what is over',
  method: 'GET',
  path: '/exceptions',
  input: listExceptionsInput,
  output: pageOf(exceptionSchema),
  async handler({ db, actor, now }, { cursor, limit, expiringWithinDays, ...filter }) {
    const list = listName('exceptions', { ...filter, expiringWithinDays })
    const expiresBefore =
      expiringWithinDays === undefined ? undefined : new Date(now.getTime() + expiringWithinDays * dayMs)
    const found = await findExceptions(db, { ...filter, expiresBefore }, limit + 1, startOf(list, cursor), {
      actor,
      now,
    })
    const { rows, next } = cutPage(list, found, limit, ({ key }) => key)
    return { rows: rows.map(({ row }) => row), next }
  },
})

const getException = defineQuery({
  name: 'exceptions.get',
  summary: 'One exception',
  method: 'GET',
  path: '/exceptions/{id}',
  input: z.strictObject({ id: idSchema }),
  output: exceptionSchema,
  handler: (context, { id }) => oneException(context, id),
})

/** What people do about gaps. */
export const gapWorkUseCases = {
  'gaps.transition': transitionGaps,
  'gaps.assign': assignGaps,
  'gaps.setDue': setDueDate,
  'gaps.recheck': recheckGap,
  'gaps.comment': commentOnGap,
  'gaps.comments': listComments,
  'exceptions.list': listExceptions,
  'exceptions.get': getException,
  'exceptions.ask': askExceptions,
  'exceptions.approve': approveException,
  'exceptions.refuse': refuseException,
  'exceptions.withdraw': withdrawException,
}
