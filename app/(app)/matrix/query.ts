import { matrixFilterShape, matrixSorts } from '@/lib/matrix/model'
import { type MatrixRows, matrixRows } from '@/lib/urls'
import { filtersOf, oneOf, type SearchParams } from '../list-query'

type FilterName = keyof typeof matrixFilterShape
const filterNames = Object.keys(matrixFilterShape) as FilterName[]
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

/** Reads the view from the address. A grouping orders the rows too: a group has to stand together. */
export function viewOf(params: SearchParams): MatrixViewState {
  const filters: MatrixFilters = filtersOf(matrixFilterShape, filterNames, params)
  const group = oneOf(groupings, params, 'group') ?? null
  return {
    rows: oneOf(matrixRows, params, 'rows') ?? 'bindings',
    filters,
    group,
    sort: group ?? oneOf(matrixSorts, params, 'sort') ?? 'agent',
  }
}
