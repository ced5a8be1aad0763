import { z } from 'zod'
import { cutPage, listName, pageInput, pageOf, startOf } from '@/lib/http/page'
import { defineQuery } from '@/lib/use-cases/define'
import {
  matrixCountsSchema,
  matrixFilterSchema,
  matrixFilterShape,
  matrixInputSchema,
  matrixPageSchema,
  summaryRowSchema,
} from './model'
import { countCells } from './store/counts'
import { findRows, matrixKey } from './store/rows'
import { findSummaries } from './store/summaries'

const matrixRows = defineQuery({
  name: 'matrix.rows',
  summary: 'Bindings with the owner of each layer',
  method: 'GET',
  path: '/matrix',
  input: matrixInputSchema,
  output: matrixPageSchema,
  async handler({ db }, { cursor, limit, sort, ...filter }) {
    const list = listName('matrix', { sort, ...filter })
    const rows = await findRows(db, filter, sort, limit + 1, startOf(list, cursor))
    return cutPage(list, rows, limit, matrixKey(sort))
  },
})

const matrixSummaries = defineQuery({
  name: 'matrix.summaries',
  summary: 'Agents or tools with the owners of each layer summed up over their bindings',
  method: 'GET',
  path: '/matrix/summaries',
  input: z.strictObject({ view: z.enum(['agents', 'tools']), ...matrixFilterShape, ...pageInput }),
  output: pageOf(summaryRowSchema),
  async handler({ db }, { cursor, limit, view, ...filter }) {
    const list = listName('matrix.summaries', { view, ...filter })
    const rows = await findSummaries(db, view, filter, limit + 1, startOf(list, cursor))
    return cutPage(list, rows, limit, (row) => [row.slug])
  },
})

const matrixCounts = defineQuery({
  name: 'matrix.counts',
  summary: 'How the cells of the filtered matrix stand, per layer',
  method: 'GET',
  path: '/matrix/counts',
  input: matrixFilterSchema,
  output: matrixCountsSchema,
  handler: ({ db }, filter) => countCells(db, filter),
})

export const matrixUseCases = {
  'matrix.rows': matrixRows,
  'matrix.summaries': matrixSummaries,
  'matrix.counts': matrixCounts,
}
