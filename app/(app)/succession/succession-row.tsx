import { Button, Checkbox, Group } from '@mantine/core'
import { DisabledReason } from '@/components/disabled-reason'
import { LayerIcon } from '@/components/layer-icon'
import { AgentLink, PersonLink, TeamLink, TextLink } from '@/components/links'
import { RelativeTime } from '@/components/relative-time'
import { layerOf } from '@/lib/layers'
import type { SuccessionView } from '@/lib/ownership/succession/model'
import { subjectUrl } from '@/lib/urls'
import classes from './succession.module.css'
import { aboutOf, becauseOf, isAsked, mayName, type SuccessionViewer } from './words'

interface SuccessionRowProps {
  row: SuccessionView
  viewer: SuccessionViewer
  ticked: boolean
  onTick: (checked: boolean) => void
  onAnswer: (answer: 'accept' | 'decline' | 'name') => void
}

/** One thing that waits for a successor: what, with which team, who is asked and why. */
export function SuccessionRow({ row, viewer, ticked, onTick, onAnswer }: SuccessionRowProps) {
  const about = aboutOf(row)
  return (
    <li>
      <Checkbox
        size="xs"
        aria-label={`Select ${about}`}
        checked={ticked}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
      <div className={classes.what}>
        <Subject row={row} />
      </div>
      <div className={classes.asked}>
        {row.candidate ? (
          <span>
            <PersonLink id={row.candidate.externalId} name={row.candidate.name} /> is asked
          </span>
        ) : (
          <b className={classes.nobody}>Nobody to ask: name somebody</b>
        )}
        <small>
          {[becauseOf(row), row.note].filter(Boolean).join(', ')} <RelativeTime at={row.createdAt} />
        </small>
      </div>
      <Group gap={6} component="fieldset" className={classes.answers} aria-label={`Answer for ${about}`}>
        {isAsked(row, viewer) && (
          <>
            <Button size="compact-xs" onClick={() => onAnswer('accept')}>
              Accept
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => onAnswer('decline')}>
              Decline
            </Button>
          </>
        )}
        <DisabledReason can={mayName(row, viewer)} size="compact-xs" variant="subtle" onClick={() => onAnswer('name')}>
          Ask another
        </DisabledReason>
      </Group>
    </li>
  )
}

function Subject({ row: { ownership, agent } }: { row: SuccessionView }) {
  if (ownership) {
    const { layer, scope, subject, team, supplies } = ownership
    return (
      <>
        <span className={classes.name}>
          <LayerIcon layer={layer} />
          <span>
            {layerOf(layer).title} of{' '}
            {subject && scope !== 'organisation' ? (
              <TextLink href={subjectUrl(scope, subject.slug)}>{subject.name}</TextLink>
            ) : (
              'the whole organisation'
            )}
          </span>
        </span>
        <small>
          with <TeamLink slug={team.slug} name={team.name} />, {supplies.toLocaleString('en')}{' '}
          {supplies === 1 ? 'cell' : 'cells'}
        </small>
      </>
    )
  }
  return (
    <>
      <span className={classes.name}>
        <span>Sponsor of {agent ? <AgentLink slug={agent.slug} name={agent.name} /> : 'an agent'}</span>
      </span>
      <small>answers for what the agent is for</small>
    </>
  )
}
