import { z } from 'zod'
import { commaList } from '@/lib/http/page'
import { instantSchema } from '@/lib/registry/shapes'
import { columnTypes } from './datasets/model'
import { exportFormats, exportKinds, runStates } from './names'

/** So many rows at most are sent while somebody waits; more of them are written in the background. */
export const directRowsMax = 20_000

/** What is exported: what, narrowed how, in which order, with which columns, as what. */
export const exportViewShape = {
  kind: z.enum(exportKinds),
  format: z.enum(exportFormats).default('csv'),
  filter: z
    .record(z.string().max(60), z.string().max(1000))
    .default({})
    .describe('The filters of the list of the same things, such as `filter[team]=iam`'),
  sort: z.string().max(40).optional().describe('By key when absent; else as the list is ordered'),
  columns: commaList(z.string().max(60)).optional().describe('Ids of columns, separated by commas; all when absent'),
  raw: z
    .boolean()
    .default(false)
    .describe('CSV for machines: cells that look like formulas are left as they are instead of being neutralised'),
}
export const exportViewSchema = z.strictObject(exportViewShape)
export type ExportView = z.output<typeof exportViewSchema>

export const exportKindSchema = z.object({
  kind: z.enum(exportKinds),
  title: z.string(),
  description: z.string(),
  columns: z.array(z.object({ id: z.string(), title: z.string(), type: z.enum(columnTypes), description: z.string() })),
  sorts: z.array(z.string()),
  formats: z.array(z.enum(exportFormats)),
})

/** A background export as the page shows it to whoever asked for it. */
export const exportRunSchema = z.object({
  id: z.uuid(),
  kind: z.enum(exportKinds),
  title: z.string(),
  format: z.enum(exportFormats),
  filter: z.record(z.string(), z.string()),
  asOf: instantSchema.nullable(),
  state: z.enum(runStates),
  rows: z.number().int().describe('Rows written so far'),
  bytes: z.number().int(),
  sha256: z.string().nullable().describe('Digest of the file, when it is done'),
  problem: z.string().nullable().describe('Why it failed'),
  requestedAt: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  expiresAt: instantSchema.nullable().describe('Until when the file is kept'),
})
export type ExportRun = z.output<typeof exportRunSchema>
