import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { ExportMenu } from '@/components/export-menu'
import { FilterBar } from '@/components/filter-bar'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { read } from '@/lib/http/page-data'
import { remediationStates } from '@/lib/recertification/model'
import { listRemediationsInput } from '@/lib/recertification/remediation/model'
import { urls } from '@/lib/urls'
import { filtersOf, linkedFilter, oneOf, optionsOf, type SearchParams } from '../list-query'
import { RemediationTable } from './remediation-table'

export const metadata: Metadata = { title: 'Remediations' }

const filterNames = ['state', 'assignee', 'team', 'campaign', 'q'] as const
const people = [
  { value: 'me', label: 'Me' },
  { value: 'none', label: 'Nobody' },
]

export default async function RemediationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const overdue = oneOf(['yes', 'no'], params, 'overdue')
  const filter = { ...filtersOf(listRemediationsInput.shape, filterNames, params), ...(overdue && { overdue }) }
  const [page, teams] = await Promise.all([read('remediations.list', filter), read('teams.list', { limit: 200 })])
  const filtered = Object.keys(filter).length > 0
  return (
    <>
      <PageHeader
        title="Remediations"
        meta="Revoked access that has to go where it is granted as well"
        actions={<ExportMenu kind="remediations" filter={filter} />}
      />
      <FilterBar
        textLabel="Agent, tool or environment"
        filters={[
          {
            name: 'state',
            title: 'State',
            options: optionsOf(remediationStates, { evidenced: 'Evidence given' }),
          },
          { name: 'assignee', title: 'Assignee', options: people },
          { name: 'team', title: 'Team', options: teams.rows.map(({ slug, name }) => ({ value: slug, label: name })) },
          { name: 'overdue', title: 'Overdue', options: optionsOf(['yes', 'no']) },
          ...linkedFilter('campaign', 'Campaign', params),
        ]}
      />
      <RemediationTable
        rows={page.rows}
        next={page.next}
        filter={filter}
        empty={
          filtered ? (
            <EmptyState
              action={
                <LinkButton href={urls.remediations()} variant="default">
                  Clear filters
                </LinkButton>
              }
            >
              No remediation fits these filters.
            </EmptyState>
          ) : (
            <EmptyState action={<LinkButton href={urls.recertification()}>Open the campaigns</LinkButton>}>
              Nothing waits to be shown as gone: no campaign has revoked access that is still open.
            </EmptyState>
          )
        }
      />
    </>
  )
}
