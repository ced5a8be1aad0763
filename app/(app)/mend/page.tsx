import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { FilterBar } from '@/components/filter-bar'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { severities } from '@/lib/gaps/model'
import { pageMay, read } from '@/lib/http/page-data'
import { layers } from '@/lib/layers'
import { mendListInput } from '@/lib/ownership/suggest/model'
import { urls } from '@/lib/urls'
import { filtersOf, linkedFilter, oneOf, optionsOf, type SearchParams } from '../list-query'
import { groupings } from './groups'
import { MendBoard } from './mend-board'

export const metadata: Metadata = { title: 'Mend' }

const filterNames = ['layer', 'severity', 'agent', 'tool', 'q'] as const
const firstRows = 60

export default async function MendPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const filter = filtersOf(mendListInput.shape, filterNames, params)
  const [page, mayMend] = await Promise.all([
    read('ownership.mendable', { ...filter, limit: firstRows }),
    pageMay('ownership.mend'),
  ])
  const filtered = Object.keys(filter).length > 0
  return (
    <>
      <PageHeader title="Mend" meta="Layers without an owner who can answer, and who is likely to own them" />
      <FilterBar
        textLabel="Subject or explanation"
        filters={[
          { name: 'layer', title: 'Layer', options: layers.map(({ id, title }) => ({ value: id, label: title })) },
          { name: 'severity', title: 'Severity', options: optionsOf(severities) },
          ...linkedFilter('agent', 'Agent', params),
          ...linkedFilter('tool', 'Tool', params),
        ]}
      />
      {page.rows.length === 0 ? (
        <NothingToMend filtered={filtered} />
      ) : (
        <MendBoard
          first={page.rows}
          next={page.next}
          filter={filter}
          by={oneOf(groupings, params, 'by') ?? 'owner'}
          mayMend={mayMend}
        />
      )}
    </>
  )
}

function NothingToMend({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState
      action={
        <LinkButton href={urls.mend()} variant="default">
          Clear filters
        </LinkButton>
      }
    >
      Nothing to mend fits these filters.
    </EmptyState>
  ) : (
    <EmptyState action={<LinkButton href={urls.matrix()}>Open the matrix</LinkButton>}>
      Nothing needs mending: every layer that counts has an owner who can answer.
    </EmptyState>
  )
}
