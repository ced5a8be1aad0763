import type { Json } from './model'

/** What a subject is called by now, and the page where it stands. */
export interface SubjectName {
  name: string
  page: { type: string; slug: string }
}

/** Names of people and teams, by the keys that an event names them with. */
export interface Names {
  people: Record<string, string>
  teams: Record<string, string>
}

const personFields = new Set([
  ...['person', 'sponsor', 'manager', 'accountable', 'assignee', 'approvedBy', 'reviewedBy', 'toPerson', 'for'],
  ...['deputies', 'leaver', 'candidate', 'successor', 'owner', 'signedOffBy'],
])
const teamFields = new Set(['team', 'author', 'toTeam', 'signedOffTeam', 'authorTeam'])

/** Whom a field names: "sponsor" a person, "intent.approvedBy" too, "team" a team. */
export function namedBy(field: string): keyof Names | null {
  const last = field.split('.').at(-1) ?? field
  if (personFields.has(last)) return 'people'
  return teamFields.has(last) ? 'teams' : null
}

/** The keys of people and teams that a side of an event names. */
export function keysNamed(side: Json, keys: { people: Set<string>; teams: Set<string> }, field = ''): void {
  if (typeof side === 'string') {
    const kind = namedBy(field)
    if (kind) keys[kind].add(side)
  } else if (Array.isArray(side)) {
    for (const each of side) keysNamed(each, keys, field)
  } else if (side !== null && typeof side === 'object') {
    for (const [name, value] of Object.entries(side)) keysNamed(value, keys, name)
  }
}
