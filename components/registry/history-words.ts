import { exactTime } from '../time'

type JsonObject = { readonly [field: string]: unknown }

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const deeds: Readonly<Record<string, string>> = {
  create: 'created it',
  update: 'edited it',
  transition: 'moved it',
  remove: 'removed it',
  accept: 'accepted it',
  decline: 'declined it',
  end: 'ended it',
  sign: 'signed it off',
  activate: 'put it in force',
  discard: 'discarded it',
  route: 'changed the path',
  credential: 'set the credential it is asked with',
}

/** What an event's action says in words: "agents.update" → "edited it". */
export function deedOf(action: string, after: unknown): string {
  const verb = action.split('.').at(-1) ?? action
  const to = isObject(after) ? (after.lifecycle ?? after.state) : undefined
  if (verb === 'transition' && typeof to === 'string') return `made it ${to}`
  return deeds[verb] ?? action
}

/** "decisionMode" → "Decision mode". */
function fieldTitle(field: string): string {
  const spaced = field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

/** Parts that say what a value is: they come first and need no name. */
const heads: readonly string[] = ['text', 'point', 'type', 'name']
const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

function toldObject(value: JsonObject): string {
  const parts = Object.entries(value).filter(([, part]) => part !== null && part !== undefined)
  const head = parts.filter(([name]) => heads.includes(name)).map(([, part]) => told(part))
  const rest = parts
    .filter(([name]) => !heads.includes(name))
    .map(([name, part]) => `${fieldTitle(name).toLowerCase()} ${told(part)}`)
  return [...head, ...rest].join(', ') || 'nothing'
}

/** A value of an event as one line of text. */
function told(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (Array.isArray(value)) {
    if (value.length === 0) return 'nothing'
    return value.map(told).join(value.some(isObject) ? '; ' : ', ')
  }
  if (isObject(value)) return toldObject(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = String(value)
  return instant.test(text) ? exactTime(text) : text.replaceAll('_', ' ')
}

export interface ToldChange {
  field: string
  /** Null when there was nothing before: the thing was made. */
  was: string | null
  is: string
}

/** The fields an event changed. When the thing was made, only what was filled in. */
export function changesOf(before: unknown, after: unknown): ToldChange[] {
  if (!isObject(after)) return []
  const earlier = isObject(before) ? before : null
  return Object.entries(after).flatMap(([field, value]) => {
    if (field === 'slug') return []
    const is = told(value)
    const was = earlier ? told(earlier[field]) : null
    if (was === is || (was === null && is === 'nothing')) return []
    return [{ field: fieldTitle(field), was, is }]
  })
}
