import type { Metadata } from 'next'
import { TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { Stacked } from '@/components/registry/columns'
import { Facts } from '@/components/registry/facts'
import { Quiet } from '@/components/registry/quiet'
import { roleTitles } from '@/lib/access/model'
import { isLetIn } from '@/lib/access/service-accounts/model'
import { pageMay, read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { NewToken } from '../../tokens/new-token'
import { TokensTable } from '../../tokens/tokens-table'
import { Owner } from '../owner'
import { ServiceAccountActions } from './service-account-actions'

export const metadata: Metadata = { title: 'Service account' }

export default async function ServiceAccountPage({ params }: { params: Promise<{ agent: string }> }) {
  const { agent: slug } = await params
  const [account, mayChange, mayMake, mayRevoke] = await Promise.all([
    read('serviceAccounts.get', { agent: slug }),
    pageMay('serviceAccounts.update'),
    pageMay('serviceAccounts.createToken'),
    pageMay('serviceAccounts.revokeToken'),
  ])
  const { agent, owner } = account
  const letIn = isLetIn(account)
  return (
    <>
      <PageHeader
        title={`Service account of ${agent.name}`}
        breadcrumbs={[
          { title: 'Accounts', href: urls.accounts() },
          { title: 'Service accounts', href: urls.serviceAccounts() },
        ]}
        actions={
          <>
            <ServiceAccountActions account={account} can={mayChange} />
            <NewToken can={mayMake} agent={agent.slug} grantable={account.grantableScopes} />
          </>
        }
      />
      <Stacked>
        <Panel title="About">
          <Facts
            facts={[
              { label: 'Agent', value: <TextLink href={urls.agent(agent.slug)}>{agent.name}</TextLink> },
              {
                label: 'Owner',
                value: (
                  <>
                    <Owner account={account} />
                    {owner?.status !== 'active' && (
                      <>
                        {' '}
                        <TextLink href={urls.gaps({ agent: agent.slug, rule: 'sponsor-left' })}>Open the gap</TextLink>
                      </>
                    )}
                  </>
                ),
              },
              { label: 'Role', value: roleTitles[account.role] },
              { label: 'Let in', value: letIn === true ? 'Yes' : <Quiet>No. {letIn}</Quiet> },
            ]}
          />
        </Panel>
        <TokensTable tokens={account.rows} agent={agent.slug} can={mayRevoke} />
      </Stacked>
    </>
  )
}
