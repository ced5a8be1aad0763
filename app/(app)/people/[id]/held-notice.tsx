import { LinkButton } from '@/components/links'
import { Notice } from '@/components/notice'
import { pageMay, read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'

/** That the identity provider says of somebody that they have left, and nobody has confirmed it yet. */
export async function HeldNotice({ person }: { person: string }) {
  if ((await pageMay('provisioning.held')) !== true) return null
  const { rows } = await read('provisioning.held', { person, limit: 1 })
  if (rows.length === 0) return null
  return (
    <Notice
      label="Departure held"
      action={
        <LinkButton size="xs" variant="default" href={urls.provisioning()}>
          Decide
        </LinkButton>
      }
    >
      The identity provider says that they have left. Because many left at once, it waits for somebody to confirm it.
    </Notice>
  )
}
