import { Fragment } from 'react'
import { Departed } from '@/components/registry/departed'
import { PersonName } from '@/components/registry/person-name'
import type { PersonRef } from '@/lib/registry/shapes'

/** The leads of a team; without one nobody can accept or decline for it. */
export function Leads({ leads }: { leads: readonly PersonRef[] }) {
  if (leads.length === 0) return <Departed>No lead</Departed>
  return leads.map((person, index) => (
    <Fragment key={person.id}>
      {index > 0 && ', '}
      <PersonName person={person} />
    </Fragment>
  ))
}
