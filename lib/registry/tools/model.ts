import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { assignmentSchema, cellSchema } from '@/lib/ownership/model'
import {
  bindingStates,
  classifications,
  knowns,
  nameSchema,
  proseSchema,
  reasonSchema,
  riskTiers,
  slugSchema,
  toolActionSchema,
  toolKinds,
  toolLifecycles,
} from '../model'
import {
  agentRefSchema,
  boundedOf,
  gapOnSchema,
  instantSchema,
  originSchema,
  pointRefSchema,
  searchText,
  versionSchema,
} from '../shapes'

export const toolSorts = ['name', '-name'] as const

export const listToolsInput = z.strictObject({
  q: searchText,
  kind: commaList(z.enum(toolKinds)).optional(),
  classification: commaList(z.enum(classifications)).optional(),
  independentPrivileges: commaList(z.enum(knowns)).optional(),
  lifecycle: commaList(z.enum(toolLifecycles)).optional(),
  application: slugSchema.optional().describe('Slug of the enforcement point that is its application'),
  sort: z.enum(toolSorts).default('name'),
  ...pageInput,
})

/** A tool as lists show it. */
export const toolRowSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  restricted: z.boolean().describe('Whether only its teams, and those who see everything, know of it'),
  kind: z.enum(toolKinds),
  classification: z.enum(classifications),
  independentPrivileges: z.enum(knowns),
  lifecycle: z.enum(toolLifecycles),
  application: pointRefSchema.nullable(),
  bindings: z.number().int().describe('Bindings that are not revoked'),
  openGaps: z.number().int().describe('Open gaps on it, its bindings and its owners'),
  source: z.string(),
  lastSeenAt: instantSchema.nullable(),
})
export type ToolRow = z.infer<typeof toolRowSchema>

/** A tool as its page shows it. */
export const toolDetailSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  restricted: z.boolean().describe('Whether only its teams, and those who see everything, know of it'),
  description: z.string(),
  kind: z.enum(toolKinds),
  classification: z.enum(classifications),
  independentPrivileges: z.enum(knowns),
  lifecycle: z.enum(toolLifecycles),
  application: pointRefSchema.nullable(),
  actions: z.array(toolActionSchema),
  bindingsHeld: z.number().int().describe('Bindings that are not revoked'),
  bindings: boundedOf(
    z.object({
      id: z.uuid(),
      slug: z.string(),
      agent: agentRefSchema,
      environment: z.string(),
      state: z.enum(bindingStates),
      risk: z.enum(riskTiers),
      openGaps: z.number().int(),
      owners: z.array(cellSchema),
    }),
  ),
  assignments: boundedOf(assignmentSchema).describe('Owners named for this very tool, ended ones left out'),
  gaps: boundedOf(gapOnSchema),
  ...originSchema,
})
export type ToolDetail = z.input<typeof toolDetailSchema>

const toolFields = {
  name: nameSchema,
  description: proseSchema.optional(),
  kind: z.enum(toolKinds).optional(),
  classification: z.enum(classifications).optional(),
  independentPrivileges: z.enum(knowns).optional().describe('Whether it can act with credentials of its own'),
  application: slugSchema.nullable().optional().describe('The enforcement point where its work happens'),
  actions: z.array(toolActionSchema).max(2000).optional(),
  restricted: z
    .boolean()
    .optional()
    .describe(
      'Whether only its teams, governance leads, auditors and admins know of it; for governance leads and admins to say',
    ),
  reason: reasonSchema.optional(),
}

export const createToolInput = z.strictObject({ slug: slugSchema.optional(), ...toolFields })

export const updateToolInput = z.strictObject({
  slug: slugSchema,
  version: versionSchema,
  ...toolFields,
  name: nameSchema.optional(),
  lifecycle: z.enum(toolLifecycles).optional().describe('Retiring a tool revokes its bindings'),
})
