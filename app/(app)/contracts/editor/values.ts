import { z } from 'zod'
import type { DecisionVector, Limits } from '@/lib/contracts/model'

const listNames = ['actions', 'resources', 'conditions', 'vectors'] as const
type ListName = (typeof listNames)[number]

/** What the editor of a contract holds. A type and not an interface, for forms ask for an index. */
export type ContractValues = {
  author: string | null
  note: string
  actions: string[]
  resources: string[]
  conditions: string[]
  maxCredentialLifetime: string
  approval: string
  vectors: DecisionVector[]
  /** Lists that the document states and leaves empty: "none at all", which is not the same as saying nothing. */
  statedEmpty: ListName[]
}

/** The fields of the document as the form holds them. */
export function valuesOf(limits: Limits): Omit<ContractValues, 'author' | 'note'> {
  return {
    actions: limits.actions ?? [],
    resources: limits.resources ?? [],
    conditions: limits.conditions ?? [],
    maxCredentialLifetime: limits.maxCredentialLifetime ?? '',
    approval: limits.approval ?? '',
    vectors: limits.vectors ?? [],
    statedEmpty: listNames.filter((name) => limits[name]?.length === 0),
  }
}

/** The document that the form describes. What was left empty says nothing, unless the document said so before. */
export function documentOf(values: Omit<ContractValues, 'author' | 'note'>): Limits {
  const lists = listNames.filter((name) => values[name].length > 0 || values.statedEmpty.includes(name))
  const lifetime = values.maxCredentialLifetime.trim()
  return {
    ...Object.fromEntries(lists.map((name) => [name, values[name]])),
    ...(lifetime && { maxCredentialLifetime: lifetime }),
    ...(values.approval.trim() && { approval: values.approval.trim() }),
  }
}

/** The same as text, as the raw view begins with it. */
export const textOf = (values: ContractValues): string => JSON.stringify(documentOf(values), null, 2)

/** Problems by the field of the form they belong to; those of vectors keep their place in the list. */
export function problemsByField(errors: readonly { field: string; message: string }[]): Map<string, string> {
  const problems = new Map<string, string>()
  for (const { field, message } of errors) {
    const [, name = '', place] = /^limits\.(\w+)(?:\[(\d+)\])?/.exec(field) ?? []
    const key = name === 'vectors' && place !== undefined ? `vectors.${place}` : name
    const inside = field.replace(/^limits\.\w+(?:\[\d+\])?\.?/, '')
    const told =
      place !== undefined && name !== 'vectors'
        ? `${Number(place) + 1}: ${message}`
        : inside
          ? `${inside}: ${message}`
          : message
    if (!problems.has(key)) problems.set(key, told)
  }
  return problems
}

const attributesSchema = z.record(z.string(), z.json())

/** Free attributes as typed: an object, nothing at all, or why it is neither. */
export function attributesIn(text: string): { attributes: z.infer<typeof attributesSchema> | undefined } | string {
  if (text.trim() === '') return { attributes: undefined }
  try {
    const parsed = attributesSchema.safeParse(JSON.parse(text))
    return parsed.success ? { attributes: parsed.data } : 'Must be a JSON object, such as {"region": "eu"}'
  } catch {
    return 'Not valid JSON; write it as {"region": "eu"}'
  }
}
