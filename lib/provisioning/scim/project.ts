import { type AttributePath, resolvePath } from './paths'
import { type Attribute, isObject, type JsonObject, type ResourceType } from './schema'

/** Which attributes an answer holds (RFC 7644, section 3.9). */
export interface Projection {
  /** Only these, besides those that are always returned; null for all of them. */
  attributes: readonly string[] | null
  excluded: readonly string[]
}

const pathsOf = (type: ResourceType, names: readonly string[]) => names.flatMap((name) => resolvePath(type, name) ?? [])

/** Names of attributes as they stand in a query: `userName,name.givenName`. */
export const namesIn = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** Whether an answer holds an attribute of the core schema, so that what it takes to tell can be left out otherwise. */
export function holds(type: ResourceType, { attributes, excluded }: Projection, name: string): boolean {
  const names = (list: readonly string[], whole: boolean) =>
    pathsOf(type, list).some(({ attribute, sub }) => attribute.name === name && (!whole || sub === null))
  return attributes ? names(attributes, false) : !names(excluded, true)
}

function only(resource: JsonObject, paths: readonly AttributePath[], always: readonly Attribute[]): JsonObject {
  const kept: JsonObject = {}
  for (const { name } of always) if (resource[name] !== undefined) kept[name] = resource[name]
  for (const { extension, attribute, sub } of paths) {
    const holder = extension === null ? resource : resource[extension]
    const value = isObject(holder) ? holder[attribute.name] : undefined
    if (value === undefined) continue
    const place = extension === null ? kept : objectAt(kept, extension)
    place[attribute.name] = sub ? withParts(place[attribute.name], value, sub) : value
  }
  return kept
}

function objectAt(holder: JsonObject, key: string): JsonObject {
  const present = holder[key]
  if (isObject(present)) return present
  const made: JsonObject = {}
  holder[key] = made
  return made
}

type Value = JsonObject[string]

/** One part of a value, or of each value of a list, beside the parts that are kept already. */
function withParts(kept: Value | undefined, value: Value, sub: Attribute): Value {
  const part = (from: Value, beside: Value | undefined) => ({
    ...(isObject(beside) && beside),
    ...(isObject(from) && from[sub.name] !== undefined && { [sub.name]: from[sub.name] ?? null }),
  })
  if (!Array.isArray(value)) return part(value, kept)
  return value.map((each, at) => part(each, Array.isArray(kept) ? kept[at] : undefined))
}

function without(resource: JsonObject, paths: readonly AttributePath[]): JsonObject {
  const left = structuredClone(resource)
  for (const { extension, attribute, sub } of paths) {
    const holder = extension === null ? left : left[extension]
    if (!isObject(holder) || attribute.returned === 'always') continue
    const value = holder[attribute.name]
    if (sub === null) delete holder[attribute.name]
    else for (const each of Array.isArray(value) ? value : [value]) if (isObject(each)) delete each[sub.name]
  }
  return left
}

/** A resource with the attributes that were asked for. Names that nobody knows ask for nothing. */
export function projected(type: ResourceType, resource: JsonObject, { attributes, excluded }: Projection): JsonObject {
  const schemas = { schemas: resource.schemas ?? [] }
  if (!attributes) return excluded.length > 0 ? without(resource, pathsOf(type, excluded)) : resource
  const always = type.attributes.filter(({ returned }) => returned === 'always')
  return { ...schemas, ...only(resource, pathsOf(type, attributes), always) }
}
