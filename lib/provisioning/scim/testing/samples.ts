import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { JsonObject } from '../schema'
import { isObject } from '../schema'

/** A request or resource as it was recorded, or as an RFC prints it (requests/). */
export function sample(name: string): JsonObject {
  const file = path.join(import.meta.dirname, 'requests', `${name}.json`)
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (!isObject(parsed)) throw new Error(`${name} is no object`)
  return parsed
}

const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** A PatchOp message of these operations. */
export const patchOf = (...Operations: JsonObject[]): JsonObject => ({ schemas: [patchUrn], Operations })

export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** A user that has something of everything. */
export const barbara: JsonObject = {
  userName: 'bjensen@example.org',
  externalId: '701984',
  active: true,
  displayName: 'Babs Jensen',
  name: { givenName: 'Barbara', familyName: 'Jensen' },
  emails: [
    { value: 'bjensen@example.org', type: 'work', primary: true },
    { value: 'babs@example.net', type: 'home' },
  ],
  addresses: [{ type: 'work', streetAddress: '100 Main Street', locality: 'Leeds' }],
  [enterprise]: { department: 'Tours', manager: { value: '26118915' } },
}
