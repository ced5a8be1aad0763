import { Fragment } from 'react'
import { PersonLink } from '@/components/links'
import { Departed } from '@/components/registry/departed'
import type { PersonRef } from '@/lib/registry/shapes'

/** The leads of a team; without one nobody can accept or decline for it. */
export function Leads({ leads }: { leads: readonly PersonRef[] }) {
  if (leads.length === 0) return <Departed>No lead</Departed>
  return leads.map(({ externalId, name, status }, index) => (
    <Fragment key={externalId}>
      {index > 0 && ', '}
      {status === 'left' ? (
        <Departed>
          <PersonLink id={externalId} name={name} /> has left
        </Departed>
      ) : (
        <PersonLink id={externalId} name={name} />
      )}
    </Fragment>
  ))
}
