import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { LinkButton } from '@/components/links'
import { urls } from '@/lib/urls'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main>
      <EmptyState title="Not found" action={<LinkButton href={urls.overview()}>Go to the overview</LinkButton>}>
        There is no such page, or you may not see it.
      </EmptyState>
    </main>
  )
}
