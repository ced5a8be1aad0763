import { LinkButton } from '@/components/links'
import { Notice } from '@/components/notice'
import type { PersonDetail } from '@/lib/registry/people/model'
import { urls } from '@/lib/urls'

/** Says on the page of somebody who left that what they answered for still waits for a successor. */
export function OpenSuccession({ person }: { person: Pick<PersonDetail, 'externalId' | 'name'> }) {
  return (
    <Notice
      label="Succession"
      action={
        <LinkButton href={urls.succession(person.externalId)} variant="default" size="compact-sm">
          Open the succession
        </LinkButton>
      }
    >
      {person.name} still answers for layers or agents, and others are asked to take over.
    </Notice>
  )
}
