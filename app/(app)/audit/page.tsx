import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { ExportMenu } from '@/components/export-menu'
import { type Filter, FilterBar } from '@/components/filter-bar'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { actionChoices, doorTitles, kindOf } from '@/lib/audit/deeds'
import { actorKinds, auditFilterShape } from '@/lib/audit/filter'
import { doors } from '@/lib/audit/model'
import type { OutputOf } from '@/lib/http/client'
import { read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { filtersOf, linkedFilter, one, optionsOf, type SearchParams } from '../list-query'
import { AuditTable } from './audit-table'
import { ActorFilter, SubjectFilter, TimeFilter } from './pickers'

export const metadata: Metadata = { title: 'Audit log' }

const filterNames = [
  'actor',
  'actorKind',
  'action',
  'subjectType',
  'about',
  'door',
  'from',
  'until',
  'requestId',
] as const

const subjectTypes = [
  ...['agent', 'tool', 'binding', 'enforcement_point', 'team', 'person', 'assignment', 'delegation', 'contract'],
  ...['attestation', 'parity_run', 'gap', 'exception', 'campaign', 'remediation', 'import', 'settings', 'api_token'],
]
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const subjectTitles = Object.fromEntries(subjectTypes.map((type) => [type, capital(kindOf(type))]))

const filters: Filter[] = [
  { name: 'action', title: 'Action', options: actionChoices() },
  { name: 'door', title: 'Door', options: optionsOf([...doors, 'unknown'], doorTitles) },
  { name: 'subjectType', title: 'Kind', options: optionsOf(subjectTypes, subjectTitles) },
  {
    name: 'actorKind',
    title: 'By',
    options: optionsOf(actorKinds, { account: 'People', token: 'API tokens', system: 'Pentarch itself' }),
  },
]

function Counted({ counted: { count, more } }: { counted: OutputOf<'audit.count'> }) {
  const figure = count.toLocaleString('en')
  return <span>{more ? `More than ${figure} changes` : `${figure} ${count === 1 ? 'change' : 'changes'}`}</span>
}

/** A link into an event that names somebody shows the name, not the id. */
async function actorName(actor: string | undefined, first: OutputOf<'audit.list'>): Promise<string | null> {
  if (actor === undefined) return null
  return first.rows.find((row) => row.actor.id === actor)?.actor.name ?? actor
}

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const filter = filtersOf(auditFilterShape, filterNames, params)
  const sort = one(params, 'sort') === 'at' ? 'at' : '-at'
  const [first, counted] = await Promise.all([read('audit.list', { ...filter, sort }), read('audit.count', filter)])
  const actor = await actorName(filter.actor, first)
  const isNarrowed = Object.keys(filter).length > 0
  return (
    <>
      <PageHeader
        title="Audit log"
        meta={
          <>
            <Counted counted={counted} />
            <span>Nothing here can be changed or removed.</span>
          </>
        }
        actions={<ExportMenu kind="audit" filter={filter} sort={sort === 'at' ? 'key' : 'newest'} />}
      />
      <FilterBar filters={[...filters, ...linkedFilter('requestId', 'Request', params)]}>
        <ActorFilter name={actor} />
        <SubjectFilter />
        <TimeFilter />
      </FilterBar>
      <AuditTable
        key={JSON.stringify([filter, sort])}
        filter={filter}
        sort={sort}
        first={first}
        empty={
          isNarrowed ? (
            <EmptyState
              action={
                <LinkButton href={urls.audit()} variant="default">
                  Clear filters
                </LinkButton>
              }
            >
              No change fits these filters.
            </EmptyState>
          ) : (
            <EmptyState action={<LinkButton href={urls.imports()}>Import your estate</LinkButton>}>
              Nothing has been changed yet; every change will stand here with who made it and why.
            </EmptyState>
          )
        }
      />
    </>
  )
}
