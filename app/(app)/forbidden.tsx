import { EmptyState } from '@/components/empty-state'
import { LinkButton } from '@/components/links'
import { roleTitles } from '@/lib/access/model'
import { pageActor } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'

/** A page for other roles, inside the frame. */
export default async function NotForThisRole() {
  const { role } = await pageActor()
  return (
    <EmptyState title="Not for your role" action={<LinkButton href={urls.overview()}>Go to the overview</LinkButton>}>
      You are signed in as {roleTitles[role]}, who does not see this page. An administrator gives roles.
    </EmptyState>
  )
}
