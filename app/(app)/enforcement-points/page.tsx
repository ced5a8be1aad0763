import type { Metadata } from 'next'
import { ExportMenu } from '@/components/export-menu'
import { FilterBar } from '@/components/filter-bar'
import { PageHeader } from '@/components/page-header'
import { NoRows } from '@/components/registry/no-rows'
import { knownTitles, pointKindTitles } from '@/components/registry/titles'
import { pageMay, read } from '@/lib/http/page-data'
import { knowns, pointKinds } from '@/lib/registry/model'
import { listPointsInput, pointSorts } from '@/lib/registry/points/model'
import { urls } from '@/lib/urls'
import { filtersOf, oneOf, optionsOf, type SearchParams } from '../list-query'
import { NewPoint } from './new-point'
import { PointsTable } from './points-table'

export const metadata: Metadata = { title: 'Enforcement points' }

const filterNames = ['q', 'kind', 'team', 'independentPrivileges'] as const

export default async function EnforcementPointsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const filters = filtersOf(listPointsInput.shape, filterNames, params)
  const input = { ...filters, sort: oneOf(pointSorts, params, 'sort') ?? 'name' }
  const [{ rows, next }, teams, mayCreate] = await Promise.all([
    read('points.list', input),
    read('teams.list', { limit: 200 }),
    pageMay('points.create'),
  ])
  return (
    <>
      <PageHeader
        title="Enforcement points"
        meta="The gateways, brokers and applications that decide on a call"
        actions={
          <>
            <ExportMenu kind="enforcement-points" filter={filters} sort={input.sort} />
            <NewPoint can={mayCreate} />
          </>
        }
      />
      <FilterBar
        textLabel="Name or slug"
        filters={[
          { name: 'kind', title: 'Kind', options: optionsOf(pointKinds, pointKindTitles) },
          {
            name: 'team',
            title: 'Run by',
            options: teams.rows.map(({ slug, name }) => ({ value: slug, label: name })),
          },
          { name: 'independentPrivileges', title: 'Own privileges', options: optionsOf(knowns, knownTitles) },
        ]}
      />
      <PointsTable
        rows={rows}
        next={next}
        input={input}
        empty={
          <NoRows
            filtered={Object.keys(filters).length > 0}
            things="enforcement points"
            href={urls.enforcementPoints()}
            none="No enforcement point yet: import the gateways and applications that decide, or register one."
            importHref={urls.imports()}
          />
        }
      />
    </>
  )
}
