import { Anchor } from '@mantine/core'
import Link from 'next/link'
import { EmptyState } from '@/components/empty-state'
import { urls } from '@/lib/urls'

/** A record that is not there, inside the frame. */
export default function RecordNotFound() {
  return (
    <EmptyState
      action={
        <Anchor component={Link} href={urls.overview()}>
          Go to the overview
        </Anchor>
      }
    >
      There is no such record, or you may not see it.
    </EmptyState>
  )
}
