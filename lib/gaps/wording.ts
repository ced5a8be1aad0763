import type { BindingFact, Instant } from './picture'

/** Milliseconds in a day; limits of the policy are counted in whole days of 24 hours. */
export const dayMs = 24 * 60 * 60 * 1000

/** `1 active binding`, `3 active bindings`, `no active binding`. */
export function count(number: number, noun: string): string {
  if (number === 0) return `no ${noun}`
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}

/** The day of an instant in UTC, as `2026-11-01`. */
export function day(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10)
}

/** The first few of these by slug, the rest counted: `a/b@production, a/c@production and 2 more`. */
export function listed(bindings: readonly BindingFact[], shown = 3): string {
  const slugs = bindings.map((binding) => binding.slug).sort()
  const rest = slugs.length - shown
  return rest > 0 ? `${slugs.slice(0, shown).join(', ')} and ${rest.toLocaleString('en')} more` : slugs.join(', ')
}
