import type { Json } from '@/lib/audit/model'
import { ScimRefusal } from './refusal'
import { type Attribute, booleanIn, isObject, type JsonObject, named, type ResourceType } from './schema'

const textLengthMax = 4000
const valuesMax = 100
/** How many members a group may have. */
export const membersMax = 10_000

const invalid = (name: string, detail: string) => new ScimRefusal('invalidValue', `${name}: ${detail}.`)

/** What cannot be kept as text: NUL, and halves of characters. */
const isUnkeepable = (text: string) => text.includes('\u0000') || !text.isWellFormed()

function textOf(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    throw invalid(name, 'a text is expected')
  const text = String(value)
  if (text.length > textLengthMax) throw invalid(name, `at most ${textLengthMax} characters`)
  if (isUnkeepable(text)) throw invalid(name, 'contains a character that cannot be stored')
  return text
}

function booleanOf(name: string, value: unknown): boolean {
  const known = typeof value === 'string' ? booleanIn(value) : value
  if (typeof known !== 'boolean') throw invalid(name, 'true or false is expected')
  return known
}

/** One value of an attribute; undefined for nothing. */
function single(attribute: Attribute, name: string, value: unknown): Json | undefined {
  if (value === null || value === undefined) return undefined
  if (attribute.type === 'boolean') return value === '' ? undefined : booleanOf(name, value)
  if (attribute.type !== 'complex') return textOf(name, value)
  if (value === '') return undefined
  // What stands alone is the value: Microsoft Entra sends a manager as the bare id.
  const parts = isObject(value) ? value : { value: textOf(name, value) }
  const kept: JsonObject = {}
  for (const [key, part] of Object.entries(parts)) {
    const sub = named(attribute.subAttributes, key)
    if (!sub || sub.mutability === 'readOnly') continue
    const coerced = coerceAttribute(sub, part, `${name}.${sub.name}`)
    if (coerced !== undefined) kept[sub.name] = coerced
  }
  return Object.keys(kept).length > 0 ? kept : undefined
}

/** Of several values that say they are primary, the last one said is (RFC 7643, section 2.4: at most one). */
function withOnePrimary(values: Json[]): Json[] {
  const last = values.findLastIndex((value) => isObject(value) && value.primary === true)
  return values.map((value, at) =>
    isObject(value) && value.primary === true && at !== last ? { ...value, primary: false } : value,
  )
}

/** The value of an attribute in the form of its schema; undefined when nothing is assigned. @throws ScimRefusal `invalidValue`. */
export function coerceAttribute(attribute: Attribute, value: unknown, name: string = attribute.name): Json | undefined {
  if (!attribute.multiValued) {
    if (Array.isArray(value)) throw invalid(name, 'has one value, not a list')
    return single(attribute, name, value)
  }
  if (value === null || value === undefined) return undefined
  const given: unknown[] = Array.isArray(value) ? value : [value]
  const max = attribute.name === 'members' ? membersMax : valuesMax
  if (given.length > max) throw invalid(name, `at most ${max} values`)
  const values = given.flatMap((each, at) => {
    const coerced = single(attribute, `${name}[${at}]`, each)
    return coerced === undefined ? [] : [coerced]
  })
  return values.length > 0 ? withOnePrimary(values) : undefined
}

function coerceAll(attributes: readonly Attribute[], given: JsonObject, prefix: string): JsonObject {
  const kept: JsonObject = {}
  for (const [key, value] of Object.entries(given)) {
    const attribute = named(attributes, key)
    // What the provider may not set is no error when it is sent (RFC 7644, section 3.5.1), and neither is what nobody knows.
    if (!attribute || attribute.mutability === 'readOnly') continue
    const coerced = coerceAttribute(attribute, value, prefix + attribute.name)
    if (coerced !== undefined) kept[attribute.name] = coerced
  }
  return kept
}

/**
 * A resource as a client sent it, in the form of its schemas: names as the schemas write them, values of their types, nothing
 * that is unknown or read-only.
 * @throws ScimRefusal `invalidSyntax` for what is no resource of this kind, `invalidValue` for a value of another type or
 * a required one that is missing.
 */
export function coerceResource(type: ResourceType, body: unknown): JsonObject {
  if (!isObject(body)) throw new ScimRefusal('invalidSyntax', `A ${type.name} is a JSON object.`)
  const { schemas } = body
  const urns = Array.isArray(schemas) ? schemas : []
  if (!urns.some((urn) => typeof urn === 'string' && urn.toLowerCase() === type.core.id.toLowerCase()))
    throw new ScimRefusal('invalidSyntax', `"schemas" has to name ${type.core.id}.`)
  const resource = coerceAll(type.attributes, body, '')
  for (const [key, value] of Object.entries(body)) {
    const extension = type.extensions.find(({ id }) => id.toLowerCase() === key.toLowerCase())
    if (!extension || !isObject(value)) continue
    const kept = coerceAll(extension.attributes, value, `${extension.id}:`)
    if (Object.keys(kept).length > 0) resource[extension.id] = kept
  }
  assertComplete(type, resource)
  return resource
}

/** @throws ScimRefusal `invalidValue` naming a required attribute that is missing or empty. */
export function assertComplete(type: ResourceType, resource: JsonObject): void {
  const missing = type.attributes.find(({ required, name }) => required && !resource[name])
  if (missing) throw invalid(missing.name, 'is required')
}
