import type { AssignmentView } from '@/lib/ownership/model'
import { Handshake } from '../handshake'
import { LayerIcon } from '../layer-icon'
import { TeamLink } from '../links'
import { ownerStatusOf, ownerStatusTitles } from '../owner-status'
import { EndOwnership } from './end-ownership'
import { Story } from './provenance'
import classes from './registry.module.css'
import { SetDeputies } from './set-deputies'
import { Standing } from './standing'
import type { Viewer } from './viewer'

interface AssignmentListProps {
  assignments: { rows: readonly AssignmentView[]; more: boolean }
  viewer: Viewer
  none: string
}

/** How an assignment stands, in one word. */
export function standingOf({ state, credible, team }: AssignmentView): string {
  if (state === 'declined' || state === 'ended') return state === 'declined' ? 'Declined' : 'Ended'
  return ownerStatusTitles[ownerStatusOf({ team: team.name, credible, confirmed: state === 'accepted' })]
}

/** The owners named for one thing, each with its story and what can be done about it. */
export function AssignmentList({ assignments, viewer, none }: AssignmentListProps) {
  if (assignments.rows.length === 0) return <p className={classes.none}>{none}</p>
  return (
    <ul className={classes.list}>
      {assignments.rows.map((assignment) => (
        <li key={assignment.id} className={classes.assignment}>
          <div className={classes.line}>
            <LayerIcon layer={assignment.layer} label />
            <b>
              <TeamLink slug={assignment.team.slug} name={assignment.team.name} />
            </b>
            {assignment.person && <span className={classes.quiet}>accountable: {assignment.person.name}</span>}
            <Standing text={standingOf(assignment)} />
            <span className={classes.end}>
              <Handshake assignment={assignment} leadOf={viewer.leadOf} />
              <SetDeputies assignment={assignment} viewer={viewer} />
              {(assignment.state === 'proposed' || assignment.state === 'accepted') && (
                <EndOwnership assignment={assignment} viewer={viewer} />
              )}
            </span>
          </div>
          <Story assignment={assignment} />
        </li>
      ))}
    </ul>
  )
}
