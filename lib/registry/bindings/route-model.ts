import { z } from 'zod'
import { pathModes, reasonSchema, slugSchema } from '../model'
import { bindingKeySchema } from './model'
import { routePositions } from './route-plan'

/** Most bindings that one route changes. */
export const routedMax = 5000
const toolsMax = 500

const what = {
  tools: z
    .array(slugSchema)
    .min(1)
    .max(toolsMax)
    .optional()
    .describe('All bindings of these tools that are not revoked'),
  bindings: z.array(bindingKeySchema).min(1).max(routedMax).optional().describe('These bindings; instead of tools'),
  point: slugSchema.describe('The enforcement point that their calls pass'),
  mode: z.enum(pathModes).default('enforces').describe('What it does on those paths'),
  position: z.enum(routePositions).default('first').describe('Where on the path it stands'),
  remove: z.boolean().default(false).describe('Takes the point off these paths instead'),
}

export const previewRouteInput = z.strictObject(what)
export const routeBindingsInput = z.strictObject({
  ...what,
  expected: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe('How many bindings the preview said would change; refused when it is another number by now'),
  reason: reasonSchema,
})
export type RouteInput = z.output<typeof previewRouteInput>

export const routePreviewSchema = z.object({
  total: z.number().int().describe('Bindings that are meant'),
  changes: z.number().int().describe('Bindings whose path changes'),
  already: z.number().int().describe('Bindings whose path is so already'),
  refused: z.number().int().describe('Bindings that stand in the way: with one of these nothing is done'),
  refusals: z.array(z.object({ slug: z.string(), reason: z.string() })).describe('The first of those, with the reason'),
  examples: z.array(z.string()).describe('The first of the bindings that change'),
})
export type RoutePreview = z.infer<typeof routePreviewSchema>
