import type { MembershipRole, TeamFunction } from '@/lib/registry/model'
import type { TeamDetail } from '@/lib/registry/teams/model'

export interface MemberValue {
  /** External id. */
  person: string
  name: string
  role: MembershipRole
}

/** A team as its form holds it: texts are empty where nothing is known. */
export type TeamValues = {
  slug: string
  name: string
  function: TeamFunction | null
  contact: string
  members: MemberValue[]
  reason: string
}

export const noTeam: TeamValues = { slug: '', name: '', function: null, contact: '', members: [], reason: '' }

/** A team as its form begins. */
export function valuesOf({ slug, name, function: teamFunction, contact, members }: TeamDetail): TeamValues {
  return {
    slug,
    name,
    function: teamFunction,
    contact: contact ?? '',
    members: members.rows.map(({ person, role }) => ({ person: person.externalId, name: person.name, role })),
    reason: '',
  }
}

/** What of the values an input takes: trimmed, nothing for no contact, members without their names. */
export function fieldsOf({ name, function: teamFunction, contact, members }: TeamValues) {
  return {
    name: name.trim(),
    function: teamFunction ?? undefined,
    contact: contact.trim() || null,
    members: members.map(({ person, role }) => ({ person, role })),
  }
}
