import { assertComplete } from './coerce'
import { parseValueFilter } from './filter'
import { type Op, type Target, valueAfter } from './patch-values'
import { cutPath, resolveParts } from './paths'
import { ScimRefusal } from './refusal'
import { type Attribute, extensionCalled, isObject, type JsonObject, named, type ResourceType } from './schema'

const messageUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const operationsMax = 1000

interface Operation {
  op: Op
  path: string | null
  value: unknown
}

const isOp = (text: string): text is Op => text === 'add' || text === 'replace' || text === 'remove'

/** @throws ScimRefusal `invalidSyntax` for what is no PatchOp message. */
function operationsOf(body: unknown): Operation[] {
  if (!isObject(body) || !Array.isArray(body.schemas) || !body.schemas.includes(messageUrn))
    throw new ScimRefusal('invalidSyntax', `"schemas" has to name ${messageUrn}.`)
  const list = Object.entries(body).find(([key]) => key.toLowerCase() === 'operations')?.[1]
  if (!Array.isArray(list) || list.length === 0)
    throw new ScimRefusal('invalidSyntax', '"Operations" has to be a list.')
  if (list.length > operationsMax) throw new ScimRefusal('tooMany', `At most ${operationsMax} operations at a time.`)
  return list.map((given): Operation => {
    const op = isObject(given) && typeof given.op === 'string' ? given.op.toLowerCase() : ''
    if (!isObject(given) || !isOp(op))
      throw new ScimRefusal('invalidSyntax', 'Each operation has "op": add, replace or remove.')
    const path = given.path ?? null
    if (path !== null && typeof path !== 'string') throw new ScimRefusal('invalidPath', '"path" has to be a text.')
    return { op, path: path === '' ? null : path, value: given.value }
  })
}

function assertWritable({ mutability }: Attribute, path: string): void {
  if (mutability === 'readOnly') throw new ScimRefusal('mutability', `"${path}" is read-only.`)
}

/** What a path names, and the extension that holds it. @throws ScimRefusal `invalidPath`, `invalidFilter`, `mutability`. */
function targetOf(type: ResourceType, path: string): Target & { extension: string | null } {
  const parts = cutPath(type, path)
  const found = parts && resolveParts(type, parts)
  if (!parts || !found) throw new ScimRefusal('invalidPath', `There is no attribute "${path.slice(0, 200)}".`)
  const { extension, attribute, sub } = found
  assertWritable(attribute, path)
  if (sub) assertWritable(sub, path)
  if (sub?.mutability === 'immutable')
    throw new ScimRefusal('mutability', `"${path}" cannot be changed; remove the whole value.`)
  if (parts.filter !== null && attribute.type !== 'complex')
    throw new ScimRefusal('invalidPath', `"${attribute.name}" has no parts to choose by.`)
  const condition = parts.filter === null ? null : parseValueFilter(attribute, parts.filter)
  return { extension, attribute, condition, sub, path }
}

/** The resource itself, or its extension, made when it was not there. */
function holderFor(resource: JsonObject, extension: string | null): JsonObject {
  if (extension === null) return resource
  const present = resource[extension]
  if (isObject(present)) return present
  const made: JsonObject = {}
  resource[extension] = made
  return made
}

function change(type: ResourceType, resource: JsonObject, { op, path, value }: Operation & { path: string }): void {
  const { extension, ...target } = targetOf(type, path)
  const holder = holderFor(resource, extension)
  const { name } = target.attribute
  const next = valueAfter(target, holder[name], op, value)
  if (next === undefined) delete holder[name]
  else holder[name] = next
}

/** An operation on an extension as a whole: its value has names of attributes for keys. */
function changeExtension(type: ResourceType, resource: JsonObject, urn: string, { op, value }: Operation): void {
  const known = extensionCalled(type, urn)
  if (!known) return
  if (op === 'remove') delete resource[known.id]
  else if (isObject(value))
    for (const [key, sent] of Object.entries(value))
      if (named(known.attributes, key)) change(type, resource, { op, path: `${known.id}:${key}`, value: sent })
}

/** An operation without a path: its value has paths for keys. */
function changeByKeys(type: ResourceType, resource: JsonObject, { op, value }: Operation): void {
  if (op === 'remove') throw new ScimRefusal('noTarget', 'An operation that removes has to have a path.')
  if (!isObject(value)) throw new ScimRefusal('invalidValue', 'Without a path, the value has to be an object.')
  for (const [key, sent] of Object.entries(value)) {
    const parts = cutPath(type, key)
    if (parts?.attribute === '') {
      changeExtension(type, resource, key, { op, path: key, value: sent })
      continue
    }
    // Providers send along what they have read; what is unknown or read-only changes nothing here.
    const found = parts && resolveParts(type, parts)
    if (found && found.attribute.mutability !== 'readOnly' && found.sub?.mutability !== 'readOnly')
      change(type, resource, { op, path: key, value: sent })
  }
}

function apply(type: ResourceType, resource: JsonObject, operation: Operation): void {
  const { path } = operation
  if (path === null) changeByKeys(type, resource, operation)
  else if (cutPath(type, path)?.attribute === '') changeExtension(type, resource, path, operation)
  else change(type, resource, { ...operation, path })
}

/**
 * A resource with a PatchOp message applied (RFC 7644, section 3.5.2), in the shapes that Microsoft Entra and Okta send it as
 * well. The given resource stays as it is; an operation that is sent a second time changes nothing more.
 * @throws ScimRefusal saying which operation cannot be done.
 */
export function patched(type: ResourceType, resource: JsonObject, message: unknown): JsonObject {
  const next = structuredClone(resource)
  for (const operation of operationsOf(message)) apply(type, next, operation)
  for (const { id } of type.extensions) {
    const extension = next[id]
    if (isObject(extension) && Object.keys(extension).length === 0) delete next[id]
  }
  // What a message may not take away is required, which RFC 7644, section 3.5.2.2, calls a matter of mutability.
  const gone = type.attributes.find(({ required, name }) => required && resource[name] && !next[name])
  if (gone) throw new ScimRefusal('mutability', `"${gone.name}" is required and cannot be removed.`)
  assertComplete(type, next)
  return next
}
