import type { Metadata } from 'next'
import { ExportMenu } from '@/components/export-menu'
import { FilterBar } from '@/components/filter-bar'
import { PageHeader } from '@/components/page-header'
import { NoRows } from '@/components/registry/no-rows'
import { pageMay, read } from '@/lib/http/page-data'
import { bindingSorts, listBindingsInput } from '@/lib/registry/bindings/model'
import { bindingStates, riskTiers } from '@/lib/registry/model'
import { urls } from '@/lib/urls'
import { filtersOf, linkedFilter, oneOf, optionsOf, type SearchParams } from '../list-query'
import { BindingsTable } from './bindings-table'
import { NewBinding } from './new-binding'

export const metadata: Metadata = { title: 'Bindings' }

const filterNames = ['q', 'agent', 'tool', 'point', 'state', 'risk', 'environment'] as const

export default async function BindingsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const filters = filtersOf(listBindingsInput.shape, filterNames, params)
  const input = { ...filters, sort: oneOf(bindingSorts, params, 'sort') ?? 'slug' }
  const [{ rows, next }, mayCreate] = await Promise.all([read('bindings.list', input), pageMay('bindings.create')])
  return (
    <>
      <PageHeader
        title="Bindings"
        actions={
          <>
            <ExportMenu kind="bindings" filter={filters} sort={input.sort} />
            <NewBinding can={mayCreate} />
          </>
        }
      />
      <FilterBar
        textLabel="Agent or tool"
        filters={[
          { name: 'state', title: 'State', options: optionsOf(bindingStates) },
          { name: 'risk', title: 'Risk', options: optionsOf(riskTiers) },
          ...linkedFilter('environment', 'Environment', params),
          ...linkedFilter('agent', 'Agent', params),
          ...linkedFilter('tool', 'Tool', params),
          ...linkedFilter('point', 'Enforcement point', params),
        ]}
      />
      <BindingsTable
        rows={rows}
        next={next}
        input={input}
        empty={
          <NoRows
            filtered={Object.keys(filters).length > 0}
            things="bindings"
            href={urls.bindings()}
            none="No binding yet: each agent that may call a tool will stand here."
            importHref={urls.imports()}
          />
        }
      />
    </>
  )
}
