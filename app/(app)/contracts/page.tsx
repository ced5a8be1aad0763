import type { Metadata } from 'next'
import { contractModelTitles, contractStateTitles } from '@/components/contracts/titles'
import { ExportMenu } from '@/components/export-menu'
import { FilterBar } from '@/components/filter-bar'
import { PageHeader } from '@/components/page-header'
import { NoRows } from '@/components/registry/no-rows'
import { contractStates } from '@/lib/contracts/model'
import { listContractsInput } from '@/lib/contracts/shapes'
import { contractModels } from '@/lib/contracts/states'
import { pageMay, read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { filtersOf, linkedFilter, optionsOf, type SearchParams } from '../list-query'
import { ContractsTable } from './contracts-table'
import { ModelCounts } from './model-counts'
import { NewContract } from './new-contract'

export const metadata: Metadata = { title: 'Contracts' }

const filterNames = ['q', 'tool', 'state', 'model', 'team'] as const

export default async function ContractsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const input = filtersOf(listContractsInput.shape, filterNames, params)
  const [{ rows, next }, counts, teams, mayCreate] = await Promise.all([
    read('contracts.list', input),
    read('contracts.counts', {}),
    read('teams.list', { limit: 200 }),
    pageMay('contracts.create'),
  ])
  return (
    <>
      <PageHeader
        title="Contracts"
        meta="The limits of each tool, signed off by security, and the points that say they enforce them"
        actions={
          <>
            <ExportMenu kind="contracts" filter={input} />
            <NewContract can={mayCreate} />
          </>
        }
      />
      <ModelCounts counts={counts} />
      <FilterBar
        textLabel="Tool"
        filters={[
          { name: 'state', title: 'State', options: optionsOf(contractStates, contractStateTitles) },
          { name: 'model', title: 'Model', options: optionsOf(contractModels, contractModelTitles) },
          {
            name: 'team',
            title: 'Author',
            options: teams.rows.map(({ slug, name }) => ({ value: slug, label: name })),
          },
          ...linkedFilter('tool', 'Tool', params),
        ]}
      />
      <ContractsTable
        rows={rows}
        next={next}
        input={input}
        empty={
          <NoRows
            filtered={Object.keys(input).length > 0}
            things="contracts"
            href={urls.contracts()}
            none="No contract yet: begin one for a tool, or import those you have."
            importHref={urls.imports()}
          />
        }
      />
    </>
  )
}
