import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Stacked } from '@/components/registry/columns'
import { read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { SuccessionBoard } from './succession-board'
import { successionViewer } from './viewer'

export const metadata: Metadata = { title: 'Succession' }

const firstRows = 60

export default async function SuccessionPage() {
  const [page, viewer] = await Promise.all([read('succession.list', { limit: firstRows }), successionViewer()])
  return (
    <>
      <PageHeader
        title="Succession"
        meta="What people who left still answer for, and who is asked to take it over. Nothing moves until they accept."
      />
      {page.rows.length === 0 ? (
        <EmptyState
          action={
            <LinkButton href={urls.people()} variant="default">
              Open people
            </LinkButton>
          }
        >
          Nobody who left answers for anything any more.
        </EmptyState>
      ) : (
        <Stacked>
          <SuccessionBoard first={page.rows} next={page.next} viewer={viewer} filter={{}} byLeaver />
        </Stacked>
      )}
    </>
  )
}
