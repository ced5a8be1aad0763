/** A value that JSON can carry. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Through which door a change came: whatever else asked, an import's changes came by import. */
export const doors = ['screen', 'api', 'cli', 'import', 'job', 'scim'] as const
export type Door = (typeof doors)[number]

/** What an event did to one record of several. */
export interface AuditChange {
  subjectType: string
  subjectId: string
  before?: Json
  after?: Json
}

/** What a command tells the audit log. Actor, action, time, door and request are added by the one place that runs commands. */
export interface AuditEntry {
  /** The id of the event, where changes have been recorded under it already. */
  id?: string
  subjectType: string
  /** The id of the subject; a list of them is one event with `after` naming each. */
  subjectId: string
  before?: Json
  after?: Json
  reason?: string
  /** The single records that it changed, so that each shows it in its history. Where `after` lists them by id, they are known. */
  changes?: readonly AuditChange[]
}

/** An object as JSON: dates become ISO strings, undefined keys disappear. */
export function toJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}
