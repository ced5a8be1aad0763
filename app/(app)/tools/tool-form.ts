import { z } from 'zod'
import type { InputOf } from '@/lib/http/client'
import {
  classifications,
  knowns,
  nameSchema,
  proseSchema,
  reasonSchema,
  slugSchema,
  toolKinds,
} from '@/lib/registry/model'
import type { ToolDetail } from '@/lib/registry/tools/model'

/** What the form of a tool holds. */
export const toolFormSchema = z.object({
  name: nameSchema,
  slug: z.literal('').or(slugSchema),
  description: proseSchema,
  kind: z.enum(toolKinds),
  classification: z.enum(classifications),
  independentPrivileges: z.enum(knowns),
  application: slugSchema.nullable(),
  actions: z
    .array(
      z.object({
        name: nameSchema,
        description: z.string().optional(),
        readOnly: z.enum(knowns),
        destructive: z.enum(knowns),
      }),
    )
    .max(2000, 'At most 2,000 actions'),
  restricted: z.boolean(),
  reason: z.literal('').or(reasonSchema),
})
export type ToolFormValues = z.infer<typeof toolFormSchema>

export const emptyTool: ToolFormValues = {
  name: '',
  slug: '',
  description: '',
  kind: 'api',
  classification: 'internal',
  independentPrivileges: 'unknown',
  application: null,
  actions: [],
  restricted: false,
  reason: '',
}

/** A tool as its form shows it. */
export function toolValues(tool: ToolDetail): ToolFormValues {
  return {
    name: tool.name,
    slug: tool.slug,
    description: tool.description,
    kind: tool.kind,
    classification: tool.classification,
    independentPrivileges: tool.independentPrivileges,
    application: tool.application?.slug ?? null,
    actions: tool.actions.map(({ name, description, readOnly = 'unknown', destructive = 'unknown' }) => ({
      name,
      ...(description !== undefined && { description }),
      readOnly,
      destructive,
    })),
    restricted: tool.restricted,
    reason: '',
  }
}

/** The form's values as the use cases take them. */
export function toolInput({ slug: _slug, reason, ...values }: ToolFormValues) {
  return {
    ...values,
    name: values.name.trim(),
    description: values.description.trim(),
    ...(reason.trim() && { reason: reason.trim() }),
  } satisfies Omit<InputOf<'tools.create'>, 'slug'>
}
