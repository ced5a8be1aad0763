import type { Metadata } from 'next'
import { ExportMenu } from '@/components/export-menu'
import { FilterBar } from '@/components/filter-bar'
import { PageHeader } from '@/components/page-header'
import { NoRows } from '@/components/registry/no-rows'
import { classificationTitles, knownTitles, toolKindTitles } from '@/components/registry/titles'
import { pageActor, pageMay, read } from '@/lib/http/page-data'
import { classifications, knowns, toolKinds, toolLifecycles } from '@/lib/registry/model'
import { mayRestrict } from '@/lib/registry/restricted'
import { listToolsInput, toolSorts } from '@/lib/registry/tools/model'
import { urls } from '@/lib/urls'
import { filtersOf, linkedFilter, oneOf, optionsOf, type SearchParams } from '../list-query'
import { NewTool } from './new-tool'
import { ToolsTable } from './tools-table'

export const metadata: Metadata = { title: 'Tools' }

const filterNames = ['q', 'kind', 'classification', 'independentPrivileges', 'lifecycle', 'application'] as const

export default async function ToolsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const filters = filtersOf(listToolsInput.shape, filterNames, params)
  const input = { ...filters, sort: oneOf(toolSorts, params, 'sort') ?? 'name' }
  const [{ rows, next }, mayCreate, mayRoute] = await Promise.all([
    read('tools.list', input),
    pageMay('tools.create'),
    pageMay('bindings.route'),
  ])
  return (
    <>
      <PageHeader
        title="Tools"
        actions={
          <>
            <ExportMenu kind="tools" filter={filters} sort={input.sort} />
            <NewTool can={mayCreate} mayRestrict={mayRestrict(await pageActor())} />
          </>
        }
      />
      <FilterBar
        textLabel="Name or slug"
        filters={[
          { name: 'kind', title: 'Kind', options: optionsOf(toolKinds, toolKindTitles) },
          {
            name: 'classification',
            title: 'Classification',
            options: optionsOf(classifications, classificationTitles),
          },
          { name: 'independentPrivileges', title: 'Own privileges', options: optionsOf(knowns, knownTitles) },
          { name: 'lifecycle', title: 'Lifecycle', options: optionsOf(toolLifecycles) },
          ...linkedFilter('application', 'Application', params),
        ]}
      />
      <ToolsTable
        rows={rows}
        next={next}
        input={input}
        mayRoute={mayRoute}
        empty={
          <NoRows
            filtered={Object.keys(filters).length > 0}
            things="tools"
            href={urls.tools()}
            none="No tool yet: import what your agents call, or register one."
            importHref={urls.imports()}
          />
        }
      />
    </>
  )
}
