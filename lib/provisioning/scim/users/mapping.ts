import { emailSchema, nameSchema } from '@/lib/registry/model'
import { timeZoneSchema } from '@/lib/time/calendar'
import { ScimRefusal } from '../refusal'
import { enterpriseUrn, isObject, type JsonObject } from '../schema'

/** What a SCIM User says of the person. Null is what it does not say. */
export interface Said {
  userName: string
  externalId: string | null
  name: string
  email: string | null
  timeZone: string | null
  /** Whom it names as manager: an id of this server, a user name or an external id. */
  managerKey: string | null
  active: boolean
}

const textAt = (holder: JsonObject, key: string): string => {
  const value = holder[key]
  return typeof value === 'string' ? value.trim() : ''
}

const partsAt = (holder: JsonObject, key: string): JsonObject => {
  const value = holder[key]
  return isObject(value) ? value : {}
}

/** The first of the texts that is what is looked for. */
const first = (texts: readonly string[], isIt: (text: string) => boolean): string | null =>
  texts.find((text) => text !== '' && isIt(text)) ?? null

function nameOf(resource: JsonObject, userName: string): string {
  const name = partsAt(resource, 'name')
  const full = `${textAt(name, 'givenName')} ${textAt(name, 'familyName')}`.trim()
  const candidates = [textAt(resource, 'displayName'), textAt(name, 'formatted'), full, userName]
  const found = first(candidates, (text) => nameSchema.safeParse(text).success)
  if (!found)
    throw new ScimRefusal(
      'invalidValue',
      'Neither displayName, name nor userName is a name: one line, at most 200 characters.',
    )
  return found
}

/** The address people are reached at: the primary one, else that for work, else any; the user name where it is one. */
function emailOf(resource: JsonObject, userName: string): string | null {
  const emails = Array.isArray(resource.emails) ? resource.emails.filter(isObject) : []
  const rank = ({ primary, type }: JsonObject) => (primary === true ? 0 : type === 'work' ? 1 : 2)
  const ordered = emails.toSorted((one, other) => rank(one) - rank(other)).map((email) => textAt(email, 'value'))
  return first([...ordered, userName], (text) => emailSchema.safeParse(text).success)
}

/** The key by which a user is named: capitals do not tell two apart (RFC 7643, section 4.1.1). */
export const keyOf = (text: string): string => text.toLowerCase()

/** What a user resource says of the person. `active` counts when the resource is silent about it. @throws ScimRefusal `invalidValue`. */
export function saidBy(resource: JsonObject, active: boolean): Said {
  const userName = textAt(resource, 'userName')
  if (userName === '') throw new ScimRefusal('invalidValue', 'userName: is required.')
  const manager = textAt(partsAt(partsAt(resource, enterpriseUrn), 'manager'), 'value')
  return {
    userName,
    externalId: textAt(resource, 'externalId') || null,
    name: nameOf(resource, userName),
    email: emailOf(resource, userName),
    timeZone: first([textAt(resource, 'timezone')], (text) => timeZoneSchema.safeParse(text).success),
    managerKey: manager || null,
    active: typeof resource.active === 'boolean' ? resource.active : active,
  }
}
