import { z } from 'zod'
import { instantSchema } from '@/lib/registry/shapes'
import { bundleRequestSchema } from '../model'
import { bundleDatasets } from '../names'

const instantText = z.iso.datetime({ offset: true })

/** What somebody asks for. */
export const makeBundleInput = z.strictObject({
  datasets: z
    .array(z.enum(bundleDatasets))
    .max(bundleDatasets.length)
    .default([...bundleDatasets])
    .describe('All that the log records when absent; none for events alone'),
  filter: z
    .record(z.string().min(1).max(60), z.string().max(500))
    .default({})
    .describe('Filters of the lists, which each of the datasets has to know; all rows when empty'),
  asOf: instantText.optional().describe('The state recorded last at or before it; the newest when absent'),
  period: z
    .strictObject({ from: instantText, to: instantText })
    .optional()
    .describe('All events of the log from `from` until before `to`, besides those that the rows rest on'),
  since: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe('Size of an earlier checkpoint that you hold: the bundle proves that the log only grew since'),
})
export type MakeBundleInput = z.output<typeof makeBundleInput>

/** What a bundle was pinned to when it was asked for: from it alone, the same bytes can be made again. */
export const pinnedBundleSchema = z.object({
  request: z.custom<z.infer<typeof bundleRequestSchema>>((value) => bundleRequestSchema.safeParse(value).success),
  asOf: instantSchema,
  checkpoint: z.number().int().min(0),
  leaf: z.number().int().min(0),
  witnessedBy: instantSchema,
})
export type PinnedBundle = z.infer<typeof pinnedBundleSchema>

/** A bundle as the page and the API show it. */
export const bundleSchema = z.object({
  id: z.uuid(),
  madeAt: instantSchema,
  madeBy: z.string(),
  datasets: z.array(z.string()),
  filter: z.record(z.string(), z.string()),
  askedFor: instantSchema.nullable(),
  asOf: instantSchema.describe('When the state was recorded that it shows'),
  period: z.object({ from: instantSchema, to: instantSchema }).nullable(),
  checkpoint: z.number().int().describe('Events in the checkpoint'),
  since: z.number().int().nullable(),
})
export type BundleView = z.infer<typeof bundleSchema>

/** The instant as bundles write it: in UTC with milliseconds. */
export const exactInstant = (text: string): string => new Date(text).toISOString()
