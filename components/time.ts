const units = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** "3 days ago", "in 2 hours", "just now". Takes an ISO instant and the present in milliseconds. */
export function relativeTime(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000
  if (Number.isNaN(seconds)) return 'unknown'
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit)
  }
  return 'just now'
}

/** The exact instant, the same on every machine: "2026-11-24 09:30 UTC". */
export function exactTime(at: string): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? 'unknown' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
