import { matrixFilterShape, matrixSorts } from '@/lib/matrix/model'
import { type MatrixRows, matrixRows } from '@/lib/urls'

export type SearchParams = Record<string, string | string[] | undefined>
type FilterName = keyof typeof matrixFilterShape
export type MatrixFilters = Partial<Record<FilterName, string>>

export const groupings = ['agent', 'tool', 'risk'] as const
export type Grouping = (typeof groupings)[number]

/** The view that an address asks for. */
export interface MatrixViewState {
  rows: MatrixRows
  filters: MatrixFilters
  sort: (typeof matrixSorts)[number]
  group: Grouping | null
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
const oneOf = <Value extends string>(values: readonly Value[], value: string | undefined) =>
  values.find((known) => known === value)

/** Reads the view from the address. A grouping orders the rows too: a group has to stand together. */
export function viewOf(params: SearchParams): MatrixViewState {
  const filters: MatrixFilters = {}
  for (const name of Object.keys(matrixFilterShape) as FilterName[]) {
    const value = one(params[name])
    // What does not fit its filter is left out, as if it were not there: an old link must still open.
    if (value && matrixFilterShape[name].safeParse(value).success) filters[name] = value
  }
  const group = oneOf(groupings, one(params.group)) ?? null
  return {
    rows: oneOf(matrixRows, one(params.rows)) ?? 'bindings',
    filters,
    group,
    sort: group ?? oneOf(matrixSorts, one(params.sort)) ?? 'agent',
  }
}
