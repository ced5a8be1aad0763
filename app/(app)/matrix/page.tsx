import type { Metadata } from 'next'
import { pageMay, read } from '@/lib/http/page-data'
import { layers } from '@/lib/layers'
import { ownerStatuses } from '@/lib/ownership/model'
import { bindingStates, riskTiers, toolKinds } from '@/lib/registry/model'
import { optionsOf, type SearchParams } from '../list-query'
import { Matrix } from './matrix'
import { type MatrixViewState, viewOf } from './query'

export const metadata: Metadata = { title: 'Matrix' }

const firstRows = 60

async function firstPage({ rows, filters, sort }: MatrixViewState) {
  if (rows === 'bindings')
    return { kind: 'binding', page: await read('matrix.rows', { ...filters, sort, limit: firstRows }) } as const
  const page = await read('matrix.summaries', { ...filters, view: rows, limit: firstRows })
  return { kind: rows === 'agents' ? 'agent' : 'tool', page } as const
}

export default async function MatrixPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const view = viewOf(await searchParams)
  const [first, teams, mayAssign] = await Promise.all([
    firstPage(view),
    read('teams.list', { limit: 200, status: 'active' }),
    pageMay('assignments.create'),
  ])
  const filters = [
    { name: 'team', title: 'Team', options: teams.rows.map(({ slug, name }) => ({ value: slug, label: name })) },
    { name: 'layer', title: 'Layer', options: layers.map(({ id, title }) => ({ value: id, label: title })) },
    { name: 'status', title: 'Ownership', options: optionsOf(ownerStatuses) },
    { name: 'risk', title: 'Risk', options: optionsOf(riskTiers) },
    { name: 'kind', title: 'Tool kind', options: optionsOf(toolKinds) },
    { name: 'state', title: 'State', options: optionsOf(bindingStates) },
  ]
  return <Matrix view={view} first={first} filters={filters} mayAssign={mayAssign} />
}
