import type { Metadata } from 'next'
import { ExportMenu } from '@/components/export-menu'
import { FilterBar } from '@/components/filter-bar'
import { PageHeader } from '@/components/page-header'
import { NoRows } from '@/components/registry/no-rows'
import { autonomyTitles } from '@/components/registry/titles'
import { pageActor, pageMay, read } from '@/lib/http/page-data'
import { agentSorts, listAgentsInput } from '@/lib/registry/agents/model'
import { agentLifecycles, autonomies } from '@/lib/registry/model'
import { mayRestrict } from '@/lib/registry/restricted'
import { urls } from '@/lib/urls'
import { filtersOf, linkedFilter, oneOf, optionsOf, type SearchParams } from '../list-query'
import { AgentsTable } from './agents-table'
import { NewAgent } from './new-agent'

export const metadata: Metadata = { title: 'Agents' }

const filterNames = ['q', 'lifecycle', 'autonomy', 'environment', 'sponsor'] as const

export default async function AgentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const filters = filtersOf(listAgentsInput.shape, filterNames, params)
  const input = { ...filters, sort: oneOf(agentSorts, params, 'sort') ?? 'name' }
  const [{ rows, next }, mayCreate] = await Promise.all([read('agents.list', input), pageMay('agents.create')])
  return (
    <>
      <PageHeader
        title="Agents"
        actions={
          <>
            <ExportMenu kind="agents" filter={filters} sort={input.sort} />
            <NewAgent can={mayCreate} mayRestrict={mayRestrict(await pageActor())} />
          </>
        }
      />
      <FilterBar
        textLabel="Name or slug"
        filters={[
          { name: 'lifecycle', title: 'Lifecycle', options: optionsOf(agentLifecycles) },
          { name: 'autonomy', title: 'Autonomy', options: optionsOf(autonomies, autonomyTitles) },
          ...linkedFilter('environment', 'Environment', params),
          ...linkedFilter('sponsor', 'Sponsor', params),
        ]}
      />
      <AgentsTable
        rows={rows}
        next={next}
        input={input}
        empty={
          <NoRows
            filtered={Object.keys(filters).length > 0}
            things="agents"
            href={urls.agents()}
            none="No agent yet: import what you have, or propose one."
            importHref={urls.imports()}
          />
        }
      />
    </>
  )
}
