import { layers } from '@/lib/layers'
import type { AssignmentView } from '@/lib/ownership/model'
import { subjectUrl } from '@/lib/urls'
import { Handshake } from '../handshake'
import { LayerIcon } from '../layer-icon'
import { TeamLink, TextLink } from '../links'
import { RelativeTime } from '../relative-time'
import { standingOf } from './assignment-list'
import { EndOwnership } from './end-ownership'
import classes from './held-list.module.css'
import registry from './registry.module.css'
import { Standing } from './standing'
import type { Viewer } from './viewer'

interface HeldListProps {
  assignments: readonly AssignmentView[]
  viewer: Viewer
  none: string
  /** Names the team of each, where the page is not the team's own. */
  withTeam?: boolean
}

/** What somebody answers for, layer by layer: on what, since when, and how many cells hang on it. */
export function HeldList({ assignments, viewer, none, withTeam = false }: HeldListProps) {
  if (assignments.length === 0) return <p className={registry.none}>{none}</p>
  return layers.map(({ id, title }) => {
    const held = assignments.filter(({ layer }) => layer === id)
    if (held.length === 0) return null
    return (
      <section key={id} aria-label={title} className={classes.layer}>
        <h3>
          <LayerIcon layer={id} label />
          <span>{held.length.toLocaleString('en')}</span>
        </h3>
        <ul className={classes.held}>
          {held.map((assignment) => (
            <Held key={assignment.id} assignment={assignment} viewer={viewer} withTeam={withTeam} />
          ))}
        </ul>
      </section>
    )
  })
}

const scopeWords: Record<AssignmentView['scope'], string> = {
  organisation: 'default',
  enforcement_point: 'enforcement point',
  tool: 'tool',
  agent: 'agent',
  binding: 'binding',
}

/** What an assignment is set on, as a link to its page. */
export function HeldSubject({ assignment: { scope, subject } }: { assignment: AssignmentView }) {
  if (subject === null || scope === 'organisation') return <>The whole organisation</>
  return <TextLink href={subjectUrl(scope, subject.slug)}>{subject.name}</TextLink>
}

/** "supplies 12 cells": for how many layers of bindings an assignment names the effective owner. */
const suppliesText = (cells: number) =>
  cells === 0 ? 'supplies no cell' : `supplies ${cells.toLocaleString('en')} ${cells === 1 ? 'cell' : 'cells'}`

function Held({ assignment, viewer, withTeam }: { assignment: AssignmentView; viewer: Viewer; withTeam: boolean }) {
  const { scope, team, person, state, supplies, validFrom, decisionReason } = assignment
  return (
    <li>
      <span className={classes.subject}>
        <HeldSubject assignment={assignment} /> <small>{scopeWords[scope]}</small>
      </span>
      <Standing text={standingOf(assignment)} />
      {withTeam ? (
        <small>
          with <TeamLink slug={team.slug} name={team.name} />
        </small>
      ) : (
        person && <small>accountable: {person.name}</small>
      )}
      <span className={registry.end}>
        <span>{suppliesText(supplies)}</span>
        <span>
          since <RelativeTime at={validFrom} />
        </span>
        {state === 'proposed' && <Handshake assignment={assignment} leadOf={viewer.leadOf} />}
        {state === 'accepted' && <EndOwnership assignment={assignment} viewer={viewer} />}
      </span>
      {state === 'declined' && decisionReason && <small className={classes.why}>“{decisionReason}”</small>}
    </li>
  )
}
