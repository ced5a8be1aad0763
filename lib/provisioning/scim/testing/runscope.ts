import { z } from 'zod'
import { isObject, type JsonObject } from '../schema'
import { sample } from './samples'

const assertionSchema = z.object({
  source: z.string(),
  property: z.string().nullish(),
  comparison: z.string(),
  value: z.string().nullish(),
})
export type Assertion = z.infer<typeof assertionSchema>

const stepSchema = z.object({
  step_type: z.literal('request'),
  note: z.string(),
  method: z.string(),
  url: z.string(),
  body: z.string().optional(),
  variables: z.array(z.object({ name: z.string(), property: z.string() })),
  assertions: z.array(assertionSchema),
})
export type Step = z.infer<typeof stepSchema>

/** The requests of a recorded Runscope test, in their order. */
export function stepsOf(name: string): Step[] {
  const { steps } = sample(name)
  return (Array.isArray(steps) ? steps : [])
    .filter((step) => isObject(step) && step.step_type === 'request')
    .map((step) => stepSchema.parse(step))
}

/** The value that a property such as `Resources[0].name.familyName` leads to. */
export function valueIn(body: JsonObject, property: string): unknown {
  return property
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .reduce<unknown>((value, key) => (value instanceof Object ? Reflect.get(value, key) : undefined), body)
}

/** Whether an answer meets an assertion; how long it took is not looked at. */
export function meets({ source, property, comparison, value }: Assertion, status: number, body: JsonObject): boolean {
  if (source === 'response_time') return true
  const actual = source === 'response_status' ? status : valueIn(body, property ?? '')
  switch (comparison) {
    case 'equal_number':
      return actual === Number(value)
    case 'equal':
      return String(actual) === value
    case 'not_empty':
      return actual !== undefined && actual !== null && actual !== ''
    case 'is_a_number':
      return typeof actual === 'number'
    case 'has_value':
    case 'contains':
      return Array.isArray(actual) ? actual.includes(value) : String(actual).includes(value ?? '')
    default:
      throw new Error(`Unknown comparison ${comparison}`)
  }
}

/** A text with its `{{variables}}` filled in. */
export const filled = (text: string, variables: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{\{([^}]+)\}\}/g, (_, name: string) => {
    const value = variables[name]
    if (value === undefined) throw new Error(`Nothing is known of {{${name}}}`)
    return value
  })
