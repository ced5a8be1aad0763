import { z } from 'zod'
import type { InputOf } from '@/lib/http/client'
import type { BindingDetail } from '@/lib/registry/bindings/model'
import {
  credentialTypes,
  decisionModes,
  environmentSchema,
  externalIdSchema,
  knowns,
  nameSchema,
  pathModes,
  pointKinds,
  proseSchema,
  reasonSchema,
  riskTiers,
  slugSchema,
} from '@/lib/registry/model'
import { lifetimeOf, lifetimeSeconds, lifetimeUnits } from './lifetime'

const chosen = (message: string) =>
  z
    .string()
    .nullable()
    .refine((slug) => slugSchema.safeParse(slug).success, message)

/** What the form of a binding holds. */
export const bindingFormSchema = z.object({
  agent: chosen('Choose the agent that is to call the tool'),
  tool: chosen('Choose the tool it is to call'),
  environment: environmentSchema,
  intent: proseSchema,
  approveIntent: z.boolean(),
  actions: z.array(nameSchema).max(500, 'At most 500 actions'),
  risk: z.enum(riskTiers),
  decisionMode: z.enum(decisionModes),
  credentialType: z.enum(credentialTypes),
  lifetimeAmount: z.literal('').or(z.number().positive('Must be more than nothing')),
  lifetimeUnit: z.enum(lifetimeUnits),
  boundary: proseSchema,
  allowlist: z.enum(knowns),
  reviewedAt: z.literal('').or(z.iso.date('Not a date')),
  reviewedBy: externalIdSchema.nullable(),
  path: z
    .array(z.object({ point: slugSchema, name: z.string(), kind: z.enum(pointKinds), mode: z.enum(pathModes) }))
    .max(20, 'At most 20 points'),
  reason: z.literal('').or(reasonSchema),
})
export type BindingFormValues = z.infer<typeof bindingFormSchema>
export type PathEntry = BindingFormValues['path'][number]

export const emptyBinding: BindingFormValues = {
  agent: null,
  tool: null,
  environment: 'production',
  intent: '',
  approveIntent: false,
  actions: [],
  risk: 'medium',
  decisionMode: 'runtime',
  credentialType: 'short_lived',
  lifetimeAmount: '',
  lifetimeUnit: 'minutes',
  boundary: '',
  allowlist: 'unknown',
  reviewedAt: '',
  reviewedBy: null,
  path: [],
  reason: '',
}

/** A binding as its form shows it. */
export function bindingValues(binding: BindingDetail): BindingFormValues {
  const { credential, allowlist } = binding
  const lifetime = credential.lifetimeSeconds === null ? null : lifetimeOf(credential.lifetimeSeconds)
  return {
    agent: binding.agent.slug,
    tool: binding.tool.slug,
    environment: binding.environment,
    intent: binding.intent?.text ?? '',
    approveIntent: false,
    actions: binding.actions,
    risk: binding.risk,
    decisionMode: binding.decisionMode,
    credentialType: credential.type,
    lifetimeAmount: lifetime?.amount ?? '',
    lifetimeUnit: lifetime?.unit ?? 'minutes',
    boundary: binding.boundary ?? '',
    allowlist: allowlist === null ? 'unknown' : allowlist.present ? 'yes' : 'no',
    reviewedAt: allowlist?.reviewedAt?.slice(0, 10) ?? '',
    reviewedBy: allowlist?.reviewedBy?.externalId ?? null,
    path: binding.path.map(({ point, mode }) => ({ point: point.slug, name: point.name, kind: point.kind, mode })),
    reason: '',
  }
}

function allowlistInput({ allowlist, reviewedAt, reviewedBy }: BindingFormValues) {
  if (allowlist === 'unknown') return null
  const review =
    allowlist === 'yes' ? { reviewedAt: reviewedAt === '' ? null : `${reviewedAt}T00:00:00Z`, reviewedBy } : {}
  return { present: allowlist === 'yes', ...review }
}

/** The form's values as the use cases take them, without what names the binding. */
export function bindingInput(values: BindingFormValues) {
  const { intent, actions, risk, decisionMode, credentialType, lifetimeAmount, lifetimeUnit, boundary, path } = values
  const lifetime = lifetimeAmount === '' ? null : lifetimeSeconds({ amount: lifetimeAmount, unit: lifetimeUnit })
  return {
    intent: intent.trim() || null,
    actions,
    risk,
    decisionMode,
    credential: { type: credentialType, lifetimeSeconds: lifetime },
    boundary: boundary.trim() || null,
    allowlist: allowlistInput(values),
    path: path.map(({ point, mode }) => ({ point, mode })),
    ...(values.reason.trim() && { reason: values.reason.trim() }),
  } satisfies Omit<InputOf<'bindings.create'>, 'agent' | 'tool' | 'environment'>
}
