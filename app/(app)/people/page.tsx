import type { Metadata } from 'next'
import { ExportMenu } from '@/components/export-menu'
import { FilterBar } from '@/components/filter-bar'
import { PageHeader } from '@/components/page-header'
import { NoRows } from '@/components/registry/no-rows'
import { pageMay, read } from '@/lib/http/page-data'
import { personStatuses } from '@/lib/registry/model'
import { listPeopleInput, personSorts } from '@/lib/registry/people/model'
import { urls } from '@/lib/urls'
import { filtersOf, linkedFilter, oneOf, optionsOf, type SearchParams } from '../list-query'
import { NewPerson } from './new-person'
import { PeopleTable } from './people-table'

export const metadata: Metadata = { title: 'People' }

const filterNames = ['q', 'status', 'team', 'manager'] as const

export default async function PeoplePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const filters = filtersOf(listPeopleInput.shape, filterNames, params)
  const input = { ...filters, sort: oneOf(personSorts, params, 'sort') ?? 'name' }
  const [{ rows, next }, mayCreate] = await Promise.all([read('people.list', input), pageMay('people.create')])
  return (
    <>
      <PageHeader
        title="People"
        actions={
          <>
            <ExportMenu kind="people" filter={filters} sort={input.sort} />
            <NewPerson can={mayCreate} />
          </>
        }
      />
      <FilterBar
        textLabel="Name, e-mail or id"
        filters={[
          { name: 'status', title: 'Status', options: optionsOf(personStatuses) },
          ...linkedFilter('team', 'Team', params),
          ...linkedFilter('manager', 'Manager', params),
        ]}
      />
      <PeopleTable
        rows={rows}
        next={next}
        input={input}
        empty={
          <NoRows
            filtered={Object.keys(filters).length > 0}
            things="people"
            href={urls.people()}
            none="Nobody yet: import what you have, or register somebody."
            importHref={urls.imports()}
          />
        }
      />
    </>
  )
}
