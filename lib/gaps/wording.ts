import type { BindingFact, Instant } from './picture'

/** Milliseconds in a day; limits of the policy are counted in whole days of 24 hours. */
export const dayMs = 24 * 60 * 60 * 1000

/** Milliseconds in an hour. */
export const hourMs = 60 * 60 * 1000

/** `1 active binding`, `3 active bindings`, `no active binding`. */
export function count(number: number, noun: string): string {
  if (number === 0) return `no ${noun}`
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}

/** The day of an instant in UTC, as `2026-11-01`. */
export function day(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10)
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** A length of time in words: `1 hour`, `1 hour 30 minutes`, `0 seconds`. */
export function lasting(seconds: number): string {
  let rest = seconds
  const parts = units.flatMap(([noun, size]) => {
    const number = Math.floor(rest / size)
    rest -= number * size
    return number > 0 ? [count(number, noun)] : []
  })
  return parts.length > 0 ? parts.join(' ') : '0 seconds'
}

/** The first few of these names in order, the rest counted: `crm, erp, hr and 2 more`. */
export function listed(names: Iterable<string>, shown = 3): string {
  // A finding may name thousands; only the first few are worth sorting.
  const first: string[] = []
  let total = 0
  for (const name of names) {
    total += 1
    const place = first.findIndex((other) => name < other)
    if (place >= 0) first.splice(place, 0, name)
    else if (first.length < shown) first.push(name)
    if (first.length > shown) first.pop()
  }
  const rest = total - first.length
  return rest > 0 ? `${first.join(', ')} and ${rest.toLocaleString('en')} more` : first.join(', ')
}

/** The first few of these bindings by slug, the rest counted. */
export function listedBindings(bindings: readonly BindingFact[]): string {
  return listed(bindings.map((binding) => binding.slug))
}
