import type { PersonRef } from '@/lib/registry/shapes'
import { PersonLink } from '../links'
import { Departed } from './departed'

/** A person as a link; one who has left says so. */
export function PersonName({ person }: { person: PersonRef }) {
  const link = <PersonLink id={person.externalId} name={person.name} />
  return person.status === 'left' ? <Departed>{link} has left</Departed> : link
}
