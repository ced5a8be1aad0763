import { durationSchema } from '@/lib/time/calendar'

const units = { day: 'D', week: 'W', month: 'M', year: 'Y' } as const
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
  const amounts = { day: 0, week: 0, month: 0, year: 0 }
  for (const [, count, unit = ''] of text.matchAll(wordPart)) {
    const known = unit.toLowerCase()
    if (known in amounts) amounts[known as keyof typeof amounts] += Number(count)
  }
  const part = (unit: keyof typeof amounts) => (amounts[unit] > 0 ? `${amounts[unit]}${units[unit]}` : '')
  return `P${part('year')}${part('month')}${part('week')}${part('day')}`
}
