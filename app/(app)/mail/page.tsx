import type { Metadata } from 'next'
import { TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { pageActor, read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { one, type SearchParams } from '../list-query'
import { MailsTable } from './mails-table'

export const metadata: Metadata = { title: 'Mail' }

export default async function MailPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { role } = await pageActor()
  const mayAll = role === 'admin' || role === 'governance_lead'
  const whose = mayAll && one(await searchParams, 'whose') !== 'mine' ? 'all' : 'mine'
  const { rows, next } = await read('mails.list', { whose })
  return (
    <>
      <PageHeader
        title="Mail"
        meta={<span>What people are told by mail: all that waits for them, at most once a day.</span>}
        actions={
          mayAll && (
            <TextLink href={urls.mails(whose === 'all' ? { whose: 'mine' } : undefined)}>
              {whose === 'all' ? 'Only mine' : 'Everybody’s'}
            </TextLink>
          )
        }
      />
      <MailsTable key={whose} whose={whose} rows={rows} next={next} />
    </>
  )
}
