import type { Json } from '@/lib/audit/model'
import { type Attribute, extensionCalled, isObject, type JsonObject, named, type ResourceType } from './schema'

/** Where a value stands in a resource: in an extension or not, an attribute, and perhaps a part of it. */
export interface AttributePath {
  /** The URN of the extension; null for the core schema. */
  extension: string | null
  attribute: Attribute
  sub: Attribute | null
}

/** A path as text, cut in its parts: `urn:…:User:emails[type eq "work"].value`. */
export interface PathParts {
  extension: string | null
  /** Empty when the path names an extension as a whole. */
  attribute: string
  filter: string | null
  sub: string | null
}

// At the colon as RFC 7644 has it, or at a dot as Microsoft Entra writes it for some applications.
const isCut = (character: string | undefined) => character === ':' || character === '.'

/** What follows the URN of a schema; null when the path does not begin with it. */
function after(urn: string, path: string): string | null {
  if (!path.toLowerCase().startsWith(urn.toLowerCase())) return null
  if (path.length === urn.length) return ''
  return isCut(path[urn.length]) ? path.slice(urn.length + 1) : null
}

/** The parts of a path; null for what is no path of this kind of resource. */
export function cutPath(type: ResourceType, path: string): PathParts | null {
  const extension = type.extensions.find(({ id }) => after(id, path) !== null)
  const rest = extension ? after(extension.id, path) : (after(type.core.id, path) ?? path)
  if (extension && rest === '') return { extension: extension.id, attribute: '', filter: null, sub: null }
  const parts = /^([\w$-]+)(?:\[(.+)\])?(?:\.([\w$-]+))?$/s.exec(rest ?? '')
  if (!parts?.[1]) return null
  return { extension: extension?.id ?? null, attribute: parts[1], filter: parts[2] ?? null, sub: parts[3] ?? null }
}

/** What the parts name in the schemas; null when there is no such attribute. */
export function resolveParts(type: ResourceType, { extension, attribute, sub }: PathParts): AttributePath | null {
  const attributes = extension === null ? type.attributes : (extensionCalled(type, extension)?.attributes ?? [])
  const found = named(attributes, attribute)
  if (!found) return null
  if (sub === null) return { extension, attribute: found, sub: null }
  const part = named(found.subAttributes, sub)
  return part ? { extension, attribute: found, sub: part } : null
}

/** The attribute that a path without a filter names; null when there is none. */
export function resolvePath(type: ResourceType, path: string): AttributePath | null {
  const parts = cutPath(type, path)
  return parts && parts.filter === null ? resolveParts(type, parts) : null
}

/** Where the attribute's value is kept: the resource itself, or its extension; undefined when it has none of that. */
export function holderOf(resource: JsonObject, extension: string | null): JsonObject | undefined {
  if (extension === null) return resource
  const holder = resource[extension]
  return isObject(holder) ? holder : undefined
}

const listOf = (value: Json | undefined): Json[] => {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** Every value that a path leads to; none for what is not assigned. */
export function valuesAt(resource: JsonObject, { extension, attribute, sub }: AttributePath): Json[] {
  const values = listOf(holderOf(resource, extension)?.[attribute.name])
  return sub === null ? values : values.flatMap((value) => (isObject(value) ? listOf(value[sub.name]) : []))
}
