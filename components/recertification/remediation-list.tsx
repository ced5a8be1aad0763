import { isUnfinished, type RemediationRow } from '@/lib/recertification/remediation/model'
import { urls } from '@/lib/urls'
import { RemediationStateBadge } from '../badges'
import { PersonLink, TextLink } from '../links'
import { Panel } from '../panel'
import classes from '../registry/registry.module.css'
import { RelativeTime } from '../relative-time'

/** What became of access that campaigns have revoked, where it is granted; nothing where none did. */
export function RemediationList({ remediations }: { remediations: readonly RemediationRow[] }) {
  if (remediations.length === 0) return null
  return (
    <Panel title="Remediation" flush>
      <ul className={classes.list}>
        {remediations.map(({ id, state, overdue, dueAt, verifiedAt, campaign, team, assignee }) => (
          <li key={id} className={classes.gap}>
            <div className={classes.line}>
              <RemediationStateBadge state={state} />
              <TextLink href={urls.remediation(id)}>Revoked by {campaign.name}</TextLink>
              <span className={classes.end}>
                {verifiedAt && (
                  <>
                    verified <RelativeTime at={verifiedAt} />
                  </>
                )}
                {isUnfinished(state) && (
                  <>
                    {overdue ? 'overdue,' : 'due'} <RelativeTime at={dueAt} />
                  </>
                )}
              </span>
            </div>
            {isUnfinished(state) && (
              <p>
                Seen to by {team ? <TextLink href={urls.team(team.slug)}>{team.name}</TextLink> : 'no team'}
                {assignee && (
                  <>
                    , <PersonLink id={assignee.id} name={assignee.name} />
                  </>
                )}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
