import type { Metadata } from 'next'
import { TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { pageMay, read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { NewToken } from './new-token'
import { TokensTable } from './tokens-table'

export const metadata: Metadata = { title: 'API tokens' }

export default async function TokensPage() {
  const [{ rows, grantableScopes }, may] = await Promise.all([read('tokens.list', {}), pageMay('tokens.create')])
  return (
    <>
      <PageHeader
        title="API tokens"
        meta={
          <span>
            Yours, for the command line and scripts. A token may never do more than you.
            <TextLink href={urls.apiDocs()}>API reference</TextLink>
          </span>
        }
        actions={<NewToken can={may} grantable={grantableScopes} />}
      />
      <TokensTable tokens={rows} />
    </>
  )
}
