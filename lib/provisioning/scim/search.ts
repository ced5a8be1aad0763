import { fieldProblems } from '@/lib/use-cases/run'
import { type Condition, parseFilter } from './filter'
import { type AttributePath, resolvePath } from './paths'
import { ScimRefusal } from './refusal'
import { isObject, type JsonObject, type ResourceType } from './schema'
import { type FindInput, findInput } from './shapes'

/** Which resources are wanted, and in which order. */
export interface Search {
  condition: Condition | null
  sort: { path: AttributePath; descending: boolean } | null
  /** Counted from 1. */
  startIndex: number
  count: number
}

/** What a search asks the store for. @throws ScimRefusal `invalidFilter` or `invalidPath`. */
export function searchOf(
  type: ResourceType,
  { filter, sortBy, sortOrder, startIndex, count }: Omit<FindInput, 'base'>,
): Search {
  return {
    condition: filter === undefined ? null : parseFilter(type, filter),
    sort: sortBy === undefined ? null : { path: sortPath(type, sortBy), descending: sortOrder === 'descending' },
    startIndex,
    count,
  }
}

function sortPath(type: ResourceType, name: string) {
  const path = resolvePath(type, name)
  if (!path) throw new ScimRefusal('invalidPath', `There is no attribute "${name}" to sort by.`)
  return path
}

const messageUrn = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'

/** Names in a list, as they would stand in a query. */
const listed = (value: JsonObject[string] | undefined) => (Array.isArray(value) ? value.map(String).join(',') : value)

/** The parameters of a search that was sent as a body (RFC 7644, section 3.4.3). @throws ScimRefusal `invalidSyntax`. */
export function searchParameters({ base, body }: { base: string; body: unknown }): FindInput {
  if (!isObject(body) || !Array.isArray(body.schemas) || !body.schemas.includes(messageUrn))
    throw new ScimRefusal('invalidSyntax', `"schemas" has to name ${messageUrn}.`)
  const { schemas: _, attributes, excludedAttributes, ...rest } = body
  const known = { ...rest, attributes: listed(attributes), excludedAttributes: listed(excludedAttributes) }
  const parsed = findInput.safeParse({ ...known, base })
  if (parsed.success) return parsed.data
  const [first] = fieldProblems(parsed.error)
  throw new ScimRefusal('invalidSyntax', first ? `${first.field}: ${first.message}.` : 'The search cannot be read.')
}
