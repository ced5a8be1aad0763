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

/** A value of an event as one line of text. */
function told(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(told).join(', ')
  if (isObject(value)) {
    const parts = Object.entries(value).filter(([, part]) => part !== null && part !== undefined)
    return parts.map(([name, part]) => `${fieldTitle(name).toLowerCase()} ${told(part)}`).join(', ') || 'nothing'
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value).replaceAll('_', ' ')
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
