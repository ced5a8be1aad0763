import { LinkButton } from '@/components/links'
import { Notice } from '@/components/notice'
import { pageMay, read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'

/** For those who decide: that departures are held, because too many people left at once. */
export async function DeparturesHeld() {
  if ((await pageMay('provisioning.confirmHeld')) !== true) return null
  const { rows } = await read('provisioning.held', { limit: 1 })
  if (rows.length === 0) return null
  return (
    <Notice
      label="Departures held"
      action={
        <LinkButton size="xs" variant="default" href={urls.provisioning()}>
          Decide
        </LinkButton>
      }
    >
      The identity provider says that many people left at once. They stay until somebody confirms it.
    </Notice>
  )
}
