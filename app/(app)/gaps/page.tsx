import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { FilterBar } from '@/components/filter-bar'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { gapStates, severities } from '@/lib/gaps/model'
import { listGapsInput } from '@/lib/gaps/shapes'
import { pageMay, read } from '@/lib/http/page-data'
import { layers } from '@/lib/layers'
import { urls } from '@/lib/urls'
import { filtersOf, linkedFilter, optionsOf, type SearchParams } from '../list-query'
import { EvaluateButton } from './evaluate-button'
import { GapTable } from './gap-table'

export const metadata: Metadata = { title: 'Gaps' }

const filterNames = [
  'rule',
  'layer',
  'severity',
  'state',
  'subjectType',
  'team',
  'binding',
  'agent',
  'tool',
  'q',
] as const

export default async function GapsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const input = filtersOf(listGapsInput.shape, filterNames, params)
  const [page, rules, teams, mayEvaluate] = await Promise.all([
    read('gaps.list', input),
    read('rules.list', {}),
    read('teams.list', { limit: 200 }),
    pageMay('gaps.evaluate'),
  ])
  const filtered = Object.keys(input).length > 0
  return (
    <>
      <PageHeader
        title="Gaps"
        meta="What a rule found wrong, placed where it can be mended"
        actions={<EvaluateButton can={mayEvaluate} />}
      />
      <FilterBar
        textLabel="Subject or explanation"
        filters={[
          { name: 'severity', title: 'Severity', options: optionsOf(severities) },
          { name: 'rule', title: 'Rule', options: rules.rows.map(({ id, title }) => ({ value: id, label: title })) },
          { name: 'layer', title: 'Layer', options: layers.map(({ id, title }) => ({ value: id, label: title })) },
          { name: 'team', title: 'Team', options: teams.rows.map(({ slug, name }) => ({ value: slug, label: name })) },
          { name: 'state', title: 'State', options: optionsOf(gapStates) },
          ...linkedFilter('agent', 'Agent', params),
          ...linkedFilter('tool', 'Tool', params),
          ...linkedFilter('binding', 'Binding', params),
        ]}
      />
      <GapTable
        rows={page.rows}
        next={page.next}
        filter={input}
        empty={
          filtered ? (
            <EmptyState
              action={
                <LinkButton href={urls.gaps()} variant="default">
                  Clear filters
                </LinkButton>
              }
            >
              No gap fits these filters.
            </EmptyState>
          ) : (
            <EmptyState action={<LinkButton href={urls.matrix()}>Open the matrix</LinkButton>}>
              No gap is open: every rule is met by what the registry holds.
            </EmptyState>
          )
        }
      />
    </>
  )
}
