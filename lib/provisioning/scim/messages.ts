import { type ProblemCode, problems } from '@/lib/use-cases/errors'
import type { ScimType } from './refusal'
import type { JsonObject, ResourceType } from './schema'

/** How many resources a page may have, and how many it has when nobody says. */
export const pageMax = 200
export const pageDefault = 100
/** How large a request may be, in bytes. */
export const bodyBytesMax = 1024 * 1024

const messages = 'urn:ietf:params:scim:api:messages:2.0'

export interface Page {
  /** How many there are, whatever the page holds. */
  total: number
  /** The place of the first of them, counted from 1. */
  startIndex: number
  resources: readonly JsonObject[]
}

/** A page of resources (RFC 7644, section 3.4.2). */
export function listResponse({ total, startIndex, resources }: Page): JsonObject {
  return {
    schemas: [`${messages}:ListResponse`],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: [...resources],
  }
}

/** Codes whose status in SCIM differs from that of the REST API (RFC 7644, sections 3.5.2 and 3.14). */
const statuses: Partial<Record<ProblemCode, number>> = { stale: 412, refused: 400 }

/** The status that a refusal has in SCIM. */
export const statusOf = (code: ProblemCode): number => statuses[code] ?? problems[code].status

/** An error message (RFC 7644, section 3.12). */
export function errorMessage(status: number, detail: string, scimType?: ScimType): JsonObject {
  return { schemas: [`${messages}:Error`], status: String(status), ...(scimType && { scimType }), detail }
}

/** The weak tag of a version (RFC 7644, section 3.14). */
export const tagOf = (version: number): string => `W/"${version}"`

/** Whether a header such as If-Match names a version; `*` names every one. */
export function tagNamed(header: string, version: number): boolean {
  const tags = header.split(',').map((tag) => tag.trim())
  return tags.some((tag) => tag === '*' || tag.replace(/^W\//, '') === `"${version}"`)
}

/** What stands around the attributes of a resource. */
export interface Kept {
  id: string
  version: number
  createdAt: Date
  updatedAt: Date
  resource: JsonObject
}

/** A resource as it is answered. `base` is the address of the SCIM server. */
export function presented(
  type: ResourceType,
  base: string,
  { id, version, createdAt, updatedAt, resource }: Kept,
): JsonObject {
  const extensions = type.extensions.filter((extension) => extension.id in resource)
  return {
    schemas: [type.core.id, ...extensions.map((extension) => extension.id)],
    id,
    ...resource,
    meta: {
      resourceType: type.name,
      created: createdAt.toISOString(),
      lastModified: updatedAt.toISOString(),
      location: `${base}${type.endpoint}/${id}`,
      version: tagOf(version),
    },
  }
}
