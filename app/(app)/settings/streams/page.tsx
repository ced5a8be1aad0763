import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { pageMay, read } from '@/lib/http/page-data'
import { NewStream } from './new-stream'
import { StreamsTable } from './streams-table'

export const metadata: Metadata = { title: 'Event streams' }

export default async function StreamsPage() {
  const [maySee, mayEdit] = await Promise.all([pageMay('streams.list'), pageMay('streams.create')])
  return (
    <>
      <PageHeader
        title="Event streams"
        meta={
          <span>Where audit events and changes of gaps are sent on to, in OCSF: in order, each at least once.</span>
        }
        actions={<NewStream can={mayEdit} />}
      />
      {maySee === true ? (
        <StreamsTable streams={(await read('streams.list', {})).rows} can={mayEdit} />
      ) : (
        <EmptyState>{maySee}</EmptyState>
      )}
    </>
  )
}
