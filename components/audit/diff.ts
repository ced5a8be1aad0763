import { type Names, namedBy } from '@/lib/audit/naming'
import { exactTime } from '../time'

type JsonObject = { readonly [field: string]: unknown }

/** One field that an event changed, as a person reads it. */
export type FieldDiff =
  | { kind: 'value'; field: string; was: string | null; is: string | null }
  /** A list: what came, what went, and how many stayed. */
  | { kind: 'list'; field: string; added: string[]; removed: string[]; kept: number }

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Parts that say what a value is: they come first and need no name. */
const heads: readonly string[] = ['subject', 'text', 'point', 'person', 'type', 'name']
/** Parts whose values say by themselves what they are. */
const plain: readonly string[] = ['role', 'mode', 'verdict']
const bareId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/
const hiddenFields: ReadonlySet<string> = new Set(['slug'])
const depthMax = 3

/** "decisionMode" → "Decision mode", "intent.approvedBy" → "Intent, approved by". */
export function fieldTitle(field: string): string {
  const spaced = field
    .replaceAll('.', ', ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

/** A value as one line of text; null for none. */
function told(field: string, value: unknown, names: Names): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) {
    const parts = value.flatMap((part) => told(field, part, names) ?? [])
    return parts.length === 0 ? null : parts.join(value.some(isObject) ? '; ' : ', ')
  }
  if (isObject(value)) return toldObject(value, names)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return value.toLocaleString('en')
  const text = String(value)
  const kind = namedBy(field)
  if (kind) return names[kind][text] ?? text
  if (instant.test(text)) return exactTime(text)
  // Only words of a closed vocabulary are written with underscores.
  return /^[a-z]+(_[a-z]+)+$/.test(text) ? text.replaceAll('_', ' ') : text
}

function toldObject(value: JsonObject, names: Names): string | null {
  if ('$committed' in value) return 'a personal value that was erased'
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const text = told(name, part, names)
    return text === null ? [] : [{ name, text }]
  })
  // An id that no name is known for says nothing to a reader, unless there is nothing else.
  const readable = parts.filter(({ text }) => !bareId.test(text))
  const shown = readable.length === 0 ? parts : readable
  const head = shown.filter(({ name }) => heads.includes(name)).map(({ text }) => text)
  const rest = shown
    .filter(({ name }) => !heads.includes(name))
    .map(({ name, text }) => (plain.includes(name) ? text : `${fieldTitle(name).toLowerCase()} ${text}`))
  return [...head, ...rest].join(', ') || null
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value)
const listOrNone = (value: unknown): value is unknown[] | null | undefined =>
  isList(value) || value === null || value === undefined

/** What stands once on one side and not on the other; the same text twice counts twice. */
function without(parts: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return parts.filter((part) => {
    const at = left.indexOf(part)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function diffOf(field: string, was: unknown, is: unknown, names: Names, depth: number): FieldDiff[] {
  if (isObject(was) && isObject(is) && depth < depthMax && !('$committed' in was) && !('$committed' in is))
    return fieldsBetween(was, is, names, depth + 1, `${field}.`)
  if ((isList(was) || isList(is)) && listOrNone(was) && listOrNone(is)) {
    const texts = (side: unknown[] | null | undefined) => (side ?? []).flatMap((part) => told(field, part, names) ?? [])
    const [before, after] = [texts(was), texts(is)]
    const [added, removed] = [without(after, before), without(before, after)]
    if (added.length + removed.length > 0)
      return [{ kind: 'list', field: fieldTitle(field), added, removed, kept: after.length - added.length }]
    // The same things in another order.
    if (before.join('\n') === after.join('\n')) return []
    return [{ kind: 'value', field: fieldTitle(field), was: before.join(', '), is: after.join(', ') }]
  }
  const [before, after] = [told(field, was, names), told(field, is, names)]
  return before === after ? [] : [{ kind: 'value', field: fieldTitle(field), was: before, is: after }]
}

function fieldsBetween(was: JsonObject, is: JsonObject, names: Names, depth: number, prefix: string): FieldDiff[] {
  const fields = [...new Set([...Object.keys(is), ...Object.keys(was)])]
  return fields.flatMap((field) =>
    hiddenFields.has(field) ? [] : diffOf(prefix + field, was[field], is[field], names, depth),
  )
}

const isBare = (field: FieldDiff): boolean => field.kind === 'value' && bareId.test(field.is ?? field.was ?? '')

/**
 * What an event changed, field by field: values from what to what, lists by what came and went. Nothing for a side that
 * is no record: an event about several lists them elsewhere.
 */
export function diffBetween(before: unknown, after: unknown, names: Names): FieldDiff[] {
  if (!isObject(before) && !isObject(after)) return []
  const fields = fieldsBetween(isObject(before) ? before : {}, isObject(after) ? after : {}, names, 0, '')
  // Of what came or went, ids without a name are left out as well; where a value changed they may be all there is to see.
  const isWhole = !isObject(before) || !isObject(after)
  return isWhole ? fields.filter((field) => !isBare(field)) : fields
}
