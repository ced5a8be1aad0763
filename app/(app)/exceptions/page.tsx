import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { ExportMenu } from '@/components/export-menu'
import { FilterBar } from '@/components/filter-bar'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { exceptionStandings } from '@/lib/gaps/work/model'
import { listExceptionsInput } from '@/lib/gaps/work/service'
import { read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { filtersOf, one, optionsOf, type SearchParams } from '../list-query'
import { ExceptionTable } from './exception-table'

export const metadata: Metadata = { title: 'Exceptions' }

const soonDays = [7, 30, 90]

export default async function ExceptionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const within = soonDays.find((days) => String(days) === one(params, 'within'))
  const filters = {
    ...filtersOf(listExceptionsInput.shape, ['state', 'rule'], params),
    ...(within && { expiringWithinDays: within }),
  }
  const [page, rules] = await Promise.all([read('exceptions.list', filters), read('rules.list', {})])
  return (
    <>
      <PageHeader
        title="Exceptions"
        meta="Risks accepted for a while: asked for by one, approved by another, over on a day"
        actions={<ExportMenu kind="exceptions" filter={filters} />}
      />
      <FilterBar
        filters={[
          { name: 'state', title: 'State', options: optionsOf(exceptionStandings, { asked: 'Waiting for approval' }) },
          { name: 'rule', title: 'Rule', options: rules.rows.map(({ id, title }) => ({ value: id, label: title })) },
          {
            name: 'within',
            title: 'Expires within',
            options: soonDays.map((days) => ({ value: String(days), label: `${days} days` })),
          },
        ]}
      />
      <ExceptionTable
        rows={page.rows}
        next={page.next}
        filter={filters}
        empty={
          Object.keys(filters).length > 0 ? (
            <EmptyState
              action={
                <LinkButton href={urls.exceptions()} variant="default">
                  Clear filters
                </LinkButton>
              }
            >
              No exception fits these filters.
            </EmptyState>
          ) : (
            <EmptyState action={<LinkButton href={urls.gaps()}>Open the gaps</LinkButton>}>
              No risk was ever accepted. Exceptions are asked for on the page of a gap.
            </EmptyState>
          )
        }
      />
    </>
  )
}
