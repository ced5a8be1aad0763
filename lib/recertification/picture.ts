import { z } from 'zod'
import { severities } from '@/lib/gaps/model'
import { layerIds } from '@/lib/layers'
import { assignmentStates, ownerStatuses, ownershipScopes } from '@/lib/ownership/model'
import {
  autonomies,
  classifications,
  credentialTypes,
  decisionModes,
  knowns,
  pathModes,
  riskTiers,
} from '@/lib/registry/model'

/** A team or person as they were called then. */
const namedSchema = z.object({ slug: z.string(), name: z.string() })

const gapSchema = z.object({ rule: z.string(), severity: z.enum(severities) })

/** What was known about use and standing at the time, besides what is certified. Null is "the source cannot tell". */
const seenSchema = z.object({
  /** When the agent was last seen to use the tool, by a decision log. */
  lastUsedAt: z.iso.datetime({ offset: true }).nullable(),
  certifiedAt: z.iso.datetime({ offset: true }).nullable(),
  certifiedBy: z.string().nullable(),
  /** The gaps open on it, the worst first, at most ten of them; `gapCount` counts all. */
  gaps: z.array(gapSchema),
  gapCount: z.number().int(),
})

/** What a certification of access says yes to: a change of any of these makes the next item CHANGED. */
const accessFactsSchema = z.object({
  agent: namedSchema,
  tool: namedSchema,
  environment: z.string(),
  purpose: z.string(),
  autonomy: z.enum(autonomies),
  sponsor: namedSchema.nullable(),
  classification: z.enum(classifications),
  independentPrivileges: z.enum(knowns),
  risk: z.enum(riskTiers),
  intent: z.string().nullable(),
  actions: z.array(z.string()),
  decisionMode: z.enum(decisionModes),
  credentialType: z.enum(credentialTypes),
  credentialLifetimeSeconds: z.number().int().nullable(),
  boundary: z.string().nullable(),
  path: z.array(z.object({ point: z.string(), mode: z.enum(pathModes) })),
  owners: z.array(
    z.object({
      layer: z.enum(layerIds),
      status: z.enum(ownerStatuses),
      team: namedSchema.nullable(),
      person: namedSchema.nullable(),
    }),
  ),
})

/** What a certification of ownership says yes to. */
const ownershipFactsSchema = z.object({
  layer: z.enum(layerIds),
  scope: z.enum(ownershipScopes),
  /** What it is set on; null for the organisation. */
  subject: namedSchema.nullable(),
  team: namedSchema,
  person: namedSchema.nullable(),
  state: z.enum(assignmentStates),
  since: z.iso.datetime({ offset: true }),
  setBy: z.string(),
  reason: z.string(),
})

export const accessPictureSchema = z.object({ facts: accessFactsSchema, seen: seenSchema })
export const ownershipPictureSchema = z.object({
  facts: ownershipFactsSchema,
  seen: seenSchema.extend({
    /** How many active bindings it supplied an owner to. */
    bindings: z.number().int(),
  }),
})
/** What was there when the campaign took its picture, and never changes afterwards. Named by slug: an external id for people. */
export type AccessPicture = z.infer<typeof accessPictureSchema>
export type OwnershipPicture = z.infer<typeof ownershipPictureSchema>
export type ReviewPicture = AccessPicture | OwnershipPicture
