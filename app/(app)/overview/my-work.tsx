import { Handshake } from '@/components/handshake'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { RelativeTime } from '@/components/relative-time'
import { layerOf } from '@/lib/layers'
import type { Overview } from '@/lib/overview/model'
import { urls } from '@/lib/urls'
import classes from './overview.module.css'

/** What waits for the signed-in person: ownerships to answer for their teams, and gaps on what their teams own. */
export function MyWork({ mine, leadOf }: { mine: Overview['mine']; leadOf: readonly string[] }) {
  if (mine === null) return null
  return (
    <Panel title="My work" flush>
      <ul className={classes.list}>
        {mine.proposals.map((proposal) => (
          <li key={proposal.id}>
            <span className={classes.grow}>
              {layerOf(proposal.layer).title} of {proposal.subject?.name ?? 'the whole organisation'}
              <div className={classes.dim}>
                {proposal.team.name} was named <RelativeTime at={proposal.proposedAt} />
              </div>
            </span>
            <Handshake assignment={{ ...proposal, state: 'proposed' }} leadOf={leadOf} />
          </li>
        ))}
        {mine.proposals.length === 0 && <li className={classes.dim}>No ownership waits for your answer.</li>}
        {mine.successions > 0 && (
          <li>
            <span className={classes.grow}>
              <TextLink href={urls.successions()}>Asked to take over from somebody who left</TextLink>
            </span>
            <span className={classes.count}>{mine.successions.toLocaleString('en')}</span>
          </li>
        )}
        <li>
          <span className={classes.grow}>Gaps that concern your teams</span>
          <span className={classes.count}>{mine.gaps.toLocaleString('en')}</span>
        </li>
      </ul>
    </Panel>
  )
}
