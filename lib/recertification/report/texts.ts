/** An instant as people compare it, in UTC: `2026-11-24 09:30`. */
export const instant = (iso: string | null): string => (iso === null ? '–' : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`)

export const number = (count: number): string => count.toLocaleString('en')

export const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`

/** A count that stops at a thousand. */
export const upTo = (count: number): string => (count > 1000 ? 'over 1,000' : number(count))

/** A time of milliseconds as people say it. */
export function howLong(milliseconds: number | null): string {
  if (milliseconds === null) return '–'
  const seconds = milliseconds / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}
