import type { Json } from '@/lib/audit/model'
import { coerceAttribute } from './coerce'
import type { Condition } from './filter'
import { matches } from './matches'
import { ScimRefusal } from './refusal'
import { type Attribute, isObject, type JsonObject } from './schema'

export type Op = 'add' | 'replace' | 'remove'

/** What an operation works on: an attribute, those of its values that are chosen, and perhaps a part of them. */
export interface Target {
  attribute: Attribute
  condition: Condition | null
  sub: Attribute | null
  /** The path as it was sent, for messages. */
  path: string
}

const listOf = (value: Json | undefined): Json[] => {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

/** Values as an attribute holds them; nothing for none. */
const held = ({ multiValued }: Attribute, values: Json[]): Json | undefined => {
  if (!multiValued) return values[0]
  return values.length > 0 ? values : undefined
}

/** What tells a value of a list from others: members are by whom they name, the rest by value and type, or by all of it. */
function keyOf({ name }: Attribute, value: Json): string {
  if (!isObject(value)) return JSON.stringify(value)
  if (value.value === undefined) return JSON.stringify(Object.entries(value).sort())
  return JSON.stringify(name === 'members' ? value.value : [value.value, value.type ?? null])
}

/** The values with only the chosen ones left primary, when one of those is. */
function withPrimary(values: readonly Json[], isChosen: (value: Json) => boolean): Json[] {
  const isPrimary = (value: Json): value is JsonObject => isObject(value) && value.primary === true
  if (!values.some((value) => isPrimary(value) && isChosen(value))) return [...values]
  return values.map((value) => (isPrimary(value) && !isChosen(value) ? { ...value, primary: false } : value))
}

/** Values with others added; what is there already takes over what is said anew. */
function joined(attribute: Attribute, present: readonly Json[], added: readonly Json[]): Json[] {
  const values = new Map(present.map((value) => [keyOf(attribute, value), value]))
  for (const value of added) {
    const key = keyOf(attribute, value)
    const known = values.get(key)
    values.set(key, isObject(known) && isObject(value) ? { ...known, ...value } : value)
  }
  const keys = new Set(added.map((value) => keyOf(attribute, value)))
  return withPrimary([...values.values()], (value) => keys.has(keyOf(attribute, value)))
}

/** The values of a list without those that were sent, as Microsoft Entra takes members away. */
function without(present: readonly Json[], sent: unknown, { attribute, path }: Target): Json[] {
  const gone = coerceAttribute(attribute, sent, path)
  const values = Array.isArray(gone) ? gone : []
  const exact = new Set(values.map((value) => keyOf(attribute, value)))
  // By the value alone when no type was sent with it.
  const loose = new Set(
    values.flatMap((value) => (isObject(value) && !value.type && value.value !== undefined ? [value.value] : [])),
  )
  return present.filter(
    (value) => !exact.has(keyOf(attribute, value)) && !(isObject(value) && loose.has(value.value ?? null)),
  )
}

/** The value that a filter such as `type eq "work"` describes; null when it says more than what is equal to what. */
function described(condition: Condition): JsonObject | null {
  if (condition.kind === 'compare' && condition.operator === 'eq') {
    return { [condition.path.attribute.name]: condition.value }
  }
  if (condition.kind !== 'and') return null
  const parts = condition.conditions.map(described)
  return parts.every((part) => part !== null) ? Object.fromEntries(parts.flatMap(Object.entries<Json>)) : null
}

/** Sets or takes away a part of a value. */
function withPart(value: JsonObject, sub: Attribute, part: Json | undefined): JsonObject {
  const { [sub.name]: _, ...rest } = value
  return part === undefined ? rest : { ...rest, [sub.name]: part }
}

/** What a value becomes: with a part set, with what was sent put over it, or replaced by it but for what chose it. */
function changed(value: JsonObject, { attribute, sub, path, condition }: Target, op: Op, sent: unknown): JsonObject {
  if (sub) return withPart(value, sub, op === 'remove' ? undefined : coerceAttribute(sub, sent, path))
  const over = coerceAttribute({ ...attribute, multiValued: false }, sent, path)
  if (!isObject(over)) return value
  return op === 'replace' ? { ...(condition && described(condition)), ...over } : { ...value, ...over }
}

/** What becomes of an attribute when the values that a filter chooses are changed. */
function chosenChanged(target: Target, condition: Condition, present: Json[], op: Op, sent: unknown): Json | undefined {
  const { attribute, sub, path } = target
  const isChosen = (value: Json): value is JsonObject => isObject(value) && matches(condition, value)
  if (op === 'remove' && !sub) {
    return held(
      attribute,
      present.filter((value) => !isChosen(value)),
    )
  }
  if (present.some(isChosen)) {
    const made = new Set<Json>()
    const next = present.flatMap((value): Json[] => {
      if (!isChosen(value)) return [value]
      const change = changed(value, target, op, sent)
      made.add(change)
      return Object.keys(change).length > 0 ? [change] : []
    })
    return held(
      attribute,
      withPrimary(next, (value) => made.has(value)),
    )
  }
  if (op === 'remove') return held(attribute, present)
  // What is not there yet is added, as RFC 7644, section 3.5.2.3, has it for a missing attribute and Microsoft Entra counts on.
  const made = described(condition)
  if (!made || !attribute.multiValued)
    throw new ScimRefusal('noTarget', `Nothing is there that "${path.slice(0, 200)}" chooses.`)
  const added = { ...made, ...changed(made, target, op, sent) }
  return coerceAttribute(attribute, joined(attribute, present, [added]), path)
}

/** What becomes of an attribute when a part of each of its values is changed. */
function partsChanged(target: Target, present: Json[], op: Op, sent: unknown): Json | undefined {
  const { attribute, path } = target
  const values = attribute.multiValued || present.length > 0 ? present : [{}]
  const next = values.map((value) => (isObject(value) ? changed(value, target, op, sent) : value))
  const kept = next.filter((value) => !isObject(value) || Object.keys(value).length > 0)
  return coerceAttribute(attribute, held(attribute, kept), path)
}

/** What becomes of the value of an attribute by an operation (RFC 7644, section 3.5.2). @throws ScimRefusal */
export function valueAfter(target: Target, value: Json | undefined, op: Op, sent: unknown): Json | undefined {
  const { attribute, condition, sub, path } = target
  const present = listOf(value)
  if (condition) return chosenChanged(target, condition, present, op, sent)
  if (sub) return partsChanged(target, present, op, sent)
  if (op === 'remove') {
    const some = attribute.multiValued && sent !== undefined && sent !== null
    return some ? held(attribute, without(present, sent, target)) : undefined
  }
  const next = coerceAttribute(attribute, sent, path)
  if (attribute.multiValued && op === 'add')
    return coerceAttribute(attribute, joined(attribute, present, listOf(next)), path)
  // Of a single value with parts, those that were not sent stay (RFC 7644, section 3.5.2.3).
  return isObject(next) && isObject(value) ? { ...value, ...next } : next
}
