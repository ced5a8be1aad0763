import type { Metadata } from 'next'
import { ExportMenu } from '@/components/export-menu'
import { FilterBar } from '@/components/filter-bar'
import { AddDelegation } from '@/components/graph/add-delegation'
import { DelegationPicture } from '@/components/graph/delegation-picture'
import { Legend } from '@/components/graph/legend'
import { PageHeader } from '@/components/page-header'
import { NoRows } from '@/components/registry/no-rows'
import { pageMay, read } from '@/lib/http/page-data'
import { listDelegationsInput } from '@/lib/registry/delegations/model'
import { agentLifecycles, slugSchema } from '@/lib/registry/model'
import { urls } from '@/lib/urls'
import { filtersOf, linkedFilter, one, oneOf, optionsOf, type SearchParams } from '../list-query'
import { DelegationsTable } from './delegations-table'
import { Around, ViewSwitch } from './view-switch'
import { stepChoices, views } from './views'

export const metadata: Metadata = { title: 'Delegations' }

const filterNames = ['q', 'lifecycle', 'agent', 'from', 'to'] as const

export default async function DelegationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const view = oneOf(views, params, 'view') ?? 'picture'
  const [mayAdd, mayRemove] = await Promise.all([pageMay('delegations.create'), pageMay('delegations.remove')])
  return (
    <>
      <PageHeader
        title="Delegations"
        actions={
          <>
            <ExportMenu kind="delegations" filter={filtersOf(listDelegationsInput.shape, filterNames, params)} />
            <AddDelegation can={mayAdd} label="New delegation" primary />
          </>
        }
      />
      <ViewSwitch view={view} />
      {view === 'picture' ? (
        <Picture params={params} mayRemove={mayRemove} />
      ) : (
        <List params={params} mayRemove={mayRemove} />
      )}
    </>
  )
}

async function Picture({ params, mayRemove }: { params: SearchParams; mayRemove: true | string }) {
  const slug = slugSchema.safeParse(one(params, 'agent')).data
  // An agent that is gone leaves the whole picture, as an old filter would.
  const [agent] =
    slug === undefined
      ? []
      : (await read('agents.list', { q: slug, limit: 200 })).rows.filter((row) => row.slug === slug)
  const steps = oneOf(stepChoices, params, 'steps')
  return (
    <>
      <Around agent={agent ? { slug: agent.slug, name: agent.name } : null} steps={steps ?? '2'} />
      <DelegationPicture
        agent={agent?.slug}
        steps={agent && Number(steps ?? 2)}
        stamp={new Date().toISOString()}
        mayRemove={mayRemove}
      />
      <div style={{ marginTop: 10 }}>
        <Legend />
      </div>
    </>
  )
}

async function List({ params, mayRemove }: { params: SearchParams; mayRemove: true | string }) {
  const filters = filtersOf(listDelegationsInput.shape, filterNames, params)
  const { rows, next } = await read('delegations.list', filters)
  return (
    <>
      <FilterBar
        textLabel="Name of either agent"
        filters={[
          { name: 'lifecycle', title: 'Called agent is', options: optionsOf(agentLifecycles) },
          ...linkedFilter('agent', 'Agent', params),
          ...linkedFilter('from', 'From', params),
          ...linkedFilter('to', 'To', params),
        ]}
      />
      <DelegationsTable
        rows={rows}
        next={next}
        input={filters}
        mayRemove={mayRemove}
        empty={
          <NoRows
            filtered={Object.keys(filters).length > 0}
            things="delegations"
            href={urls.delegations({ view: 'list' })}
            none="No agent calls another yet: import what is known, or add a delegation."
            importHref={urls.imports()}
          />
        }
      />
    </>
  )
}
