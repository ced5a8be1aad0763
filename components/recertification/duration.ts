import { durationSchema } from '@/lib/time/calendar'

/** In the order in which ISO 8601 writes them. */
const units = [
  ['year', 'Y'],
  ['month', 'M'],
  ['week', 'W'],
  ['day', 'D'],
] as const
const isoParts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/
const wordPart = /(\d+)\s*(day|week|month|year)s?/gi

/** "P14D" → "14 days", "P1M15D" → "1 month and 15 days"; what is no duration of whole days stays as it is. */
export function durationWords(iso: string): string {
  const [, years, months, weeks, days] = isoParts.exec(iso.toUpperCase()) ?? []
  const said = [
    [years, 'year'],
    [months, 'month'],
    [weeks, 'week'],
    [days, 'day'],
  ].flatMap(([count, unit]) =>
    count === undefined ? [] : [`${Number(count)} ${unit}${Number(count) === 1 ? '' : 's'}`],
  )
  if (said.length === 0) return iso
  return said.length === 1 ? (said[0] ?? iso) : `${said.slice(0, -1).join(', ')} and ${said.at(-1)}`
}

/**
 * The duration that somebody means: written as ISO 8601 ("P14D"), in words ("2 weeks", "1 month and 15 days"), or as a
 * bare number of days. Null when it is none.
 */
export function durationIn(text: string): string | null {
  const typed = text.trim()
  const iso = /^\d+$/.test(typed) ? `P${typed}D` : /^p/i.test(typed) ? typed : fromWords(typed)
  const parsed = durationSchema.safeParse(iso)
  return parsed.success ? parsed.data : null
}

function fromWords(text: string): string {
  const rest = text.replaceAll(wordPart, '').replaceAll(/[\s,]|and/gi, '')
  if (rest !== '') return ''
  const amounts = new Map<string, number>()
  for (const [, count, unit = ''] of text.matchAll(wordPart)) {
    const known = unit.toLowerCase()
    amounts.set(known, (amounts.get(known) ?? 0) + Number(count))
  }
  return `P${units.map(([unit, letter]) => (amounts.get(unit) ? `${amounts.get(unit)}${letter}` : '')).join('')}`
}
