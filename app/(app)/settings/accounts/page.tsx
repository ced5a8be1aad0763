import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { FilterBar } from '@/components/filter-bar'
import { TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { NoRows } from '@/components/registry/no-rows'
import { accountStatuses, listAccountsInput } from '@/lib/access/accounts/model'
import { roles, roleTitles } from '@/lib/access/model'
import { pageActor, pageMay, read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { filtersOf, optionsOf, type SearchParams } from '../../list-query'
import { AccountsTable } from './accounts-table'
import { InviteButton } from './invite-button'
import { SignEverybodyOut } from './sign-everybody-out'

export const metadata: Metadata = { title: 'Accounts' }

const filterNames = ['q', 'role', 'status'] as const

export default async function AccountsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = filtersOf(listAccountsInput.shape, filterNames, await searchParams)
  const maySee = await pageMay('accounts.list')
  if (maySee !== true)
    return (
      <>
        <PageHeader title="Accounts" />
        <EmptyState>{maySee}</EmptyState>
      </>
    )
  const [{ rows, next }, mayInvite, mayChange, mayEndSessions, actor] = await Promise.all([
    read('accounts.list', filters),
    pageMay('accounts.invite'),
    pageMay('accounts.update'),
    pageMay('accounts.endAllSessions'),
    pageActor(),
  ])
  return (
    <>
      <PageHeader
        title="Accounts"
        meta={
          <>
            <span>
              Who may sign in, in which role. What leads and reviewers may do besides follows from the registry.
            </span>
            <TextLink href={urls.serviceAccounts()}>Accounts of scripts and services</TextLink>
          </>
        }
        actions={
          <>
            <SignEverybodyOut can={mayEndSessions} />
            <InviteButton can={mayInvite} />
          </>
        }
      />
      <FilterBar
        textLabel="Name or e-mail"
        filters={[
          { name: 'role', title: 'Role', options: roles.map((role) => ({ value: role, label: roleTitles[role] })) },
          { name: 'status', title: 'State', options: optionsOf(accountStatuses) },
        ]}
      />
      <AccountsTable
        rows={rows}
        next={next}
        input={filters}
        can={mayChange}
        own={actor.id}
        empty={
          <NoRows
            filtered={Object.keys(filters).length > 0}
            things="accounts"
            href={urls.accounts()}
            none="Nobody yet: invite somebody."
          />
        }
      />
    </>
  )
}
