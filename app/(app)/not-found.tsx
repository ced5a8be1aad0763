import { EmptyState } from '@/components/empty-state'
import { LinkButton } from '@/components/links'
import { urls } from '@/lib/urls'

/** A record that is not there, inside the frame. */
export default function RecordNotFound() {
  return (
    <EmptyState title="Not found" action={<LinkButton href={urls.overview()}>Go to the overview</LinkButton>}>
      There is no such record, or you may not see it.
    </EmptyState>
  )
}
