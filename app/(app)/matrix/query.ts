import { filtersFrom, type SearchParams } from '@/lib/http/search-params'
import { matrixFilterShape, matrixSorts } from '@/lib/matrix/model'
import { type MatrixRows, matrixRows } from '@/lib/urls'

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
  const filters: MatrixFilters = filtersFrom(params, matrixFilterShape)
  const group = oneOf(groupings, one(params.group)) ?? null
  return {
    rows: oneOf(matrixRows, one(params.rows)) ?? 'bindings',
    filters,
    group,
    sort: group ?? oneOf(matrixSorts, one(params.sort)) ?? 'agent',
  }
}
