import { Fragment } from 'react'
import { TeamLink } from '@/components/links'
import { Quiet } from '@/components/registry/quiet'
import type { PersonRow } from '@/lib/registry/people/model'

const shownMax = 2

/** The teams of a person in a list: the first, and how many more. */
export function TeamsOf({ teams }: Pick<PersonRow, 'teams'>) {
  if (teams.length === 0) return <Quiet>–</Quiet>
  return (
    <>
      {teams.slice(0, shownMax).map(({ team, role }, index) => (
        <Fragment key={team.id}>
          {index > 0 && ', '}
          <TeamLink slug={team.slug} name={team.name} />
          {role === 'lead' && <Quiet> lead</Quiet>}
        </Fragment>
      ))}
      {teams.length > shownMax && <Quiet> and {teams.length - shownMax} more</Quiet>}
    </>
  )
}
