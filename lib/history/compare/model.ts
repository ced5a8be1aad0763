import { z } from 'zod'
import { severities } from '@/lib/gaps/model'
import { layerIds } from '@/lib/layers'
import { comparedKinds, hows } from './kinds'

const json = z.record(z.string(), z.json())

/** What is as it is called by now, and the page where it stands. */
const thingSchema = z.object({
  slug: z.string(),
  name: z.string(),
  layer: z.enum(layerIds).nullable().describe('The layer, of what is about one'),
  page: z.object({ type: z.string(), slug: z.string() }).nullable().describe('Of what kind and which its page is'),
})

/** One record that is not at one instant what it is at the other. */
export const differenceSchema = z.object({
  key: z.string(),
  kind: z.enum(comparedKinds),
  how: z.enum(hows),
  thing: thingSchema,
  before: json
    .nullable()
    .describe('The fields that differ as they were at the earlier instant; null when it was not there'),
  after: json.nullable().describe('The same at the later instant; null when it was not there any more'),
})
export type DifferenceView = z.infer<typeof differenceSchema>

export const comparisonSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  counts: z
    .array(z.object({ kind: z.enum(comparedKinds), how: z.enum(hows), count: z.number().int() }))
    .describe('How many of each kind differ in which way; what is not named does not differ'),
  movedByLayer: z
    .array(z.object({ layer: z.enum(layerIds), moved: z.number().int() }))
    .describe('For how many bindings another team answers, layer by layer'),
  gapsBySeverity: z.array(
    z.object({ severity: z.enum(severities), opened: z.number().int(), closed: z.number().int() }),
  ),
})
export type ComparisonView = z.infer<typeof comparisonSchema>
