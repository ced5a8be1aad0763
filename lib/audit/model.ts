/** A value that JSON can carry. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** What a command tells the audit log. Actor, action, time and request are added by the one place that runs commands. */
export interface AuditEntry {
  subjectType: string
  /** The id of the subject; a list of them is one event with `after` naming each. */
  subjectId: string
  before?: Json
  after?: Json
  reason?: string
}

/** An object as JSON: dates become ISO strings, undefined keys disappear. */
export function toJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}
