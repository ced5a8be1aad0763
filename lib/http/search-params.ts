import type { z } from 'zod'

export type SearchParams = Record<string, string | string[] | undefined>

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

/**
 * The filters that an address names, by the schemas of the list they go to. What does not fit its schema is left out
 * as if it were not there: an old or mistyped link still opens a page.
 */
export function filtersFrom<Shape extends Record<string, z.ZodType>>(
  params: SearchParams,
  shape: Shape,
): { [Name in keyof Shape]?: string } {
  const filters: { [Name in keyof Shape]?: string } = {}
  for (const name of Object.keys(shape) as (keyof Shape & string)[]) {
    const value = one(params[name])
    if (value && shape[name]?.safeParse(value).success) filters[name] = value
  }
  return filters
}

/** `long_lived` as people read it: "Long lived". */
export function words(value: string): string {
  return value.charAt(0).toUpperCase() + value.slice(1).replaceAll('_', ' ')
}

/** The values of a closed list as the choices of a filter. */
export function optionsOf(values: readonly string[]): { value: string; label: string }[] {
  return values.map((value) => ({ value, label: words(value) }))
}
