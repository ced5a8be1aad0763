import type { Metadata } from 'next'
import { ExportMenu } from '@/components/export-menu'
import { FilterBar } from '@/components/filter-bar'
import { PageHeader } from '@/components/page-header'
import { NoRows } from '@/components/registry/no-rows'
import { teamFunctionTitles } from '@/components/registry/titles'
import { pageMay, read } from '@/lib/http/page-data'
import { teamFunctions, teamStatuses } from '@/lib/registry/model'
import { listTeamsInput, teamSorts } from '@/lib/registry/teams/model'
import { urls } from '@/lib/urls'
import { filtersOf, oneOf, optionsOf, type SearchParams } from '../list-query'
import { NewTeam } from './new-team'
import { TeamsTable } from './teams-table'

export const metadata: Metadata = { title: 'Teams' }

const filterNames = ['q', 'function', 'status'] as const

export default async function TeamsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const filters = filtersOf(listTeamsInput.shape, filterNames, params)
  const input = { ...filters, sort: oneOf(teamSorts, params, 'sort') ?? 'name' }
  const [{ rows, next }, mayCreate] = await Promise.all([read('teams.list', input), pageMay('teams.create')])
  return (
    <>
      <PageHeader
        title="Teams"
        actions={
          <>
            <ExportMenu kind="teams" filter={filters} sort={input.sort} />
            <NewTeam can={mayCreate} />
          </>
        }
      />
      <FilterBar
        textLabel="Name or slug"
        filters={[
          { name: 'function', title: 'Function', options: optionsOf(teamFunctions, teamFunctionTitles) },
          { name: 'status', title: 'Status', options: optionsOf(teamStatuses) },
        ]}
      />
      <TeamsTable
        rows={rows}
        next={next}
        input={input}
        empty={
          <NoRows
            filtered={Object.keys(filters).length > 0}
            things="teams"
            href={urls.teams()}
            none="No team yet: import what you have, or register one."
            importHref={urls.imports()}
          />
        }
      />
    </>
  )
}
