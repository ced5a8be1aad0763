import { z } from 'zod'
import { decisionEndpointSchema } from '@/lib/contracts/model'
import type { InputOf } from '@/lib/http/client'
import { knowns, nameSchema, pointKinds, reasonSchema, slugSchema } from '@/lib/registry/model'
import type { PointDetail } from '@/lib/registry/points/model'

/** What the form of an enforcement point holds. */
export const pointFormSchema = z.object({
  name: nameSchema,
  slug: z.literal('').or(slugSchema),
  kind: z.enum(pointKinds),
  team: slugSchema.nullable(),
  independentPrivileges: z.enum(knowns),
  decisionEndpoint: z.literal('').or(decisionEndpointSchema),
  reason: z.literal('').or(reasonSchema),
})
export type PointFormValues = z.infer<typeof pointFormSchema>

export const emptyPoint: PointFormValues = {
  name: '',
  slug: '',
  kind: 'application',
  team: null,
  independentPrivileges: 'unknown',
  decisionEndpoint: '',
  reason: '',
}

/** An enforcement point as its form shows it. */
export function pointValues(point: PointDetail): PointFormValues {
  const { name, slug, kind, team, independentPrivileges, decisionEndpoint } = point
  return {
    name,
    slug,
    kind,
    team: team?.slug ?? null,
    independentPrivileges,
    decisionEndpoint: decisionEndpoint ?? '',
    reason: '',
  }
}

/** The form's values as the use cases take them. */
export function pointInput({ slug: _slug, reason, ...values }: PointFormValues) {
  return {
    ...values,
    name: values.name.trim(),
    decisionEndpoint: values.decisionEndpoint.trim() || null,
    ...(reason.trim() && { reason: reason.trim() }),
  } satisfies Omit<InputOf<'points.create'>, 'slug'>
}
