import type { z } from 'zod'
import type { Filter } from '@/components/filter-bar'

export type SearchParams = Record<string, string | string[] | undefined>

/** The address calls the text filter `text`, the API calls it `q`. */
const paramOf = (name: string) => (name === 'q' ? 'text' : name)

/** One value of a parameter, or nothing. */
export function one(params: SearchParams, name: string): string | undefined {
  const value = params[name]
  return (Array.isArray(value) ? value[0] : value) || undefined
}

/** The parameter when it is one of the known values. */
export function oneOf<Value extends string>(
  values: readonly Value[],
  params: SearchParams,
  name: string,
): Value | undefined {
  const value = one(params, name)
  return values.find((known) => known === value)
}

/**
 * The filters that an address asks for, as the use case takes them. What does not fit its filter is left out, as if it
 * were not there: an old link must still open.
 */
export function filtersOf<Shape extends Readonly<Record<string, z.ZodType>>, Name extends keyof Shape & string>(
  shape: Shape,
  names: readonly Name[],
  params: SearchParams,
): Partial<Record<Name, string>> {
  const filters: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = one(params, paramOf(name))
    if (value !== undefined && shape[name]?.safeParse(value).success) filters[name] = value
  }
  return filters
}

/** "mcp_tool" → "Mcp tool"; the words of a closed vocabulary as a reader sees them. */
export const words = (value: string) => value.charAt(0).toUpperCase() + value.slice(1).replaceAll('_', ' ')

export const optionsOf = (values: readonly string[], titles: Readonly<Record<string, string>> = {}) =>
  values.map((value) => ({ value, label: titles[value] ?? words(value) }))

/** A filter that comes by link from another page: shown, so that it can be seen and taken off, only while it is on. */
export function linkedFilter(name: string, title: string, params: SearchParams): Filter[] {
  const value = one(params, name)
  return value === undefined ? [] : [{ name, title, options: [{ value, label: value }] }]
}
