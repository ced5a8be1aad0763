import { Anchor } from '@mantine/core'
import type { Metadata } from 'next'
import Link from 'next/link'
import { EmptyState } from '@/components/empty-state'
import { urls } from '@/lib/urls'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main>
      <EmptyState
        action={
          <Anchor component={Link} href={urls.overview()}>
            Go to the overview
          </Anchor>
        }
      >
        There is no such page, or you may not see it.
      </EmptyState>
    </main>
  )
}
