import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { pageMay, read } from '@/lib/http/page-data'
import { OutboundForm } from './outbound-form'

export const metadata: Metadata = { title: 'Outbound requests' }

export default async function OutboundPage() {
  const [maySee, mayEdit] = await Promise.all([pageMay('outbound.get'), pageMay('outbound.update')])
  return (
    <>
      <PageHeader
        title="Outbound requests"
        meta={
          <span>
            What Pentarch may reach by itself, when it asks decision points. Any public address by https; of private
            networks only those named here.
          </span>
        }
      />
      {maySee === true ? (
        <OutboundForm present={await read('outbound.get', {})} can={mayEdit} />
      ) : (
        <EmptyState>{maySee}</EmptyState>
      )}
    </>
  )
}
