import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { FilterBar } from '@/components/filter-bar'
import { PageHeader } from '@/components/page-header'
import { NoRows } from '@/components/registry/no-rows'
import { roles, roleTitles } from '@/lib/access/model'
import { listServiceAccountsInput } from '@/lib/access/service-accounts/model'
import { pageMay, read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { filtersOf, type SearchParams } from '../../list-query'
import { NewServiceAccount } from './new-service-account'
import { ServiceAccountsTable } from './service-accounts-table'

export const metadata: Metadata = { title: 'Service accounts' }

const filterNames = ['q', 'role'] as const

export default async function ServiceAccountsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = filtersOf(listServiceAccountsInput.shape, filterNames, await searchParams)
  const maySee = await pageMay('serviceAccounts.list')
  if (maySee !== true)
    return (
      <>
        <PageHeader title="Service accounts" breadcrumbs={[{ title: 'Accounts', href: urls.accounts() }]} />
        <EmptyState>{maySee}</EmptyState>
      </>
    )
  const [{ rows, next }, mayCreate] = await Promise.all([
    read('serviceAccounts.list', filters),
    pageMay('serviceAccounts.create'),
  ])
  return (
    <>
      <PageHeader
        title="Service accounts"
        breadcrumbs={[{ title: 'Accounts', href: urls.accounts() }]}
        meta={
          <span>
            What scripts and services use instead of somebody’s own tokens. Each is for an agent of the registry: its
            sponsor answers for it, and it is let in while the agent is active.
          </span>
        }
        actions={<NewServiceAccount can={mayCreate} />}
      />
      <FilterBar
        textLabel="Agent"
        filters={[
          { name: 'role', title: 'Role', options: roles.map((role) => ({ value: role, label: roleTitles[role] })) },
        ]}
      />
      <ServiceAccountsTable
        rows={rows}
        next={next}
        input={filters}
        empty={
          <NoRows
            filtered={Object.keys(filters).length > 0}
            things="service accounts"
            href={urls.serviceAccounts()}
            none="None yet: register the script as an agent with a sponsor, then make an account for it."
          />
        }
      />
    </>
  )
}
