import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { ExportMenu } from '@/components/export-menu'
import { FilterBar } from '@/components/filter-bar'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { gapStates, severities } from '@/lib/gaps/model'
import { gapSorts, listGapsInput } from '@/lib/gaps/shapes'
import { pageMay, read } from '@/lib/http/page-data'
import { layers } from '@/lib/layers'
import { urls } from '@/lib/urls'
import { filtersOf, linkedFilter, one, oneOf, optionsOf, type SearchParams } from '../list-query'
import { EvaluateButton } from './evaluate-button'
import { GapTable } from './gap-table'
import { SortChoice } from './sort-choice'

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
  'point',
  'assignee',
  'framework',
  'control',
  'q',
] as const

/** Mine and nobody's, and whoever a link names. */
function assigneeOptions(params: SearchParams) {
  const known = [
    { value: 'me', label: 'Me' },
    { value: 'none', label: 'Nobody' },
  ]
  const named = one(params, 'assignee')?.split(',') ?? []
  const others = named.filter((name) => !known.some(({ value }) => value === name))
  return [...known, ...others.map((name) => ({ value: name, label: name }))]
}

export default async function GapsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const overdue = oneOf(['yes', 'no'], params, 'overdue')
  const sort = oneOf(gapSorts, params, 'sort') ?? 'severity'
  const filters = { ...filtersOf(listGapsInput.shape, filterNames, params), ...(overdue && { overdue }) }
  const input = { ...filters, sort }
  const [page, rules, teams, setting, mayEvaluate, transition, assign, ask] = await Promise.all([
    read('gaps.list', input),
    read('rules.list', {}),
    read('teams.list', { limit: 200 }),
    read('settings.policy.get', {}),
    pageMay('gaps.evaluate'),
    pageMay('gaps.transition'),
    pageMay('gaps.assign'),
    pageMay('exceptions.ask'),
  ])
  const filtered = Object.keys(filters).length > 0
  return (
    <>
      <PageHeader
        title="Gaps"
        meta="What a rule found wrong, placed where it can be mended"
        actions={
          <>
            <ExportMenu kind="gaps" filter={filters} sort={sort} />
            <EvaluateButton can={mayEvaluate} />
          </>
        }
      />
      <FilterBar
        textLabel="Subject or explanation"
        filters={[
          { name: 'severity', title: 'Severity', options: optionsOf(severities) },
          { name: 'rule', title: 'Rule', options: rules.rows.map(({ id, title }) => ({ value: id, label: title })) },
          { name: 'layer', title: 'Layer', options: layers.map(({ id, title }) => ({ value: id, label: title })) },
          { name: 'team', title: 'Team', options: teams.rows.map(({ slug, name }) => ({ value: slug, label: name })) },
          { name: 'state', title: 'State', options: optionsOf(gapStates) },
          { name: 'assignee', title: 'Assignee', options: assigneeOptions(params) },
          { name: 'overdue', title: 'Overdue', options: optionsOf(['yes', 'no']) },
          ...linkedFilter('agent', 'Agent', params),
          ...linkedFilter('tool', 'Tool', params),
          ...linkedFilter('binding', 'Binding', params),
          ...linkedFilter('point', 'Enforcement point', params),
          ...linkedFilter('framework', 'Framework', params),
          ...linkedFilter('control', 'Control', params),
        ]}
      >
        <SortChoice value={sort} />
      </FilterBar>
      <GapTable
        rows={page.rows}
        next={page.next}
        filter={input}
        may={{ transition, assign, ask }}
        exceptionDaysMax={setting.policy.exceptionDaysMax}
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
