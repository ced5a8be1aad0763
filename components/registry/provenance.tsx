import type { AssignmentView } from '@/lib/ownership/model'
import { subjectUrl, urls } from '@/lib/urls'
import { TextLink } from '../links'
import { provenanceOf } from '../owner-status'
import { RelativeTime } from '../relative-time'
import classes from './registry.module.css'

function Subject({ scope, subject }: Pick<AssignmentView, 'scope' | 'subject'>) {
  if (subject === null || scope === 'binding' || scope === 'organisation') return null
  return <TextLink href={subjectUrl(scope, subject.slug)}>{subject.name}</TextLink>
}

/** Where an assignment is set, in words with a link: "Inherited from the agent: Support bot". */
export function SetOn({ assignment: { scope, subject } }: { assignment: AssignmentView }) {
  return (
    <span>
      {provenanceOf(scope)} <Subject scope={scope} subject={subject} />
    </span>
  )
}

/** The whole story of an assignment: who set it when and why, since when it holds, who answered what. */
export function Story({ assignment }: { assignment: AssignmentView }) {
  const { setBy, proposedAt, reason, validFrom, validTo, deputies, decidedBy, decidedAt, decisionReason, state } =
    assignment
  const { certification } = assignment
  const answer = state === 'declined' ? 'Declined' : 'Accepted'
  return (
    <div className={classes.story}>
      <span>
        Set by {setBy} <RelativeTime at={proposedAt} />
        {reason && <>: “{reason}”</>}
      </span>
      {decidedBy && (
        <span>
          {answer} by {decidedBy} {decidedAt && <RelativeTime at={decidedAt} />}
          {decisionReason && <>: “{decisionReason}”</>}
        </span>
      )}
      {!decidedBy && state === 'accepted' && <span>Accepted with the source it came from</span>}
      {certification && (
        <span>
          Confirmed {certification.by && <>by {certification.by} </>}
          <RelativeTime at={certification.at} />
          {certification.campaign && (
            <>
              {' '}
              in <TextLink href={urls.campaign(certification.campaign.slug)}>{certification.campaign.name}</TextLink>
            </>
          )}
        </span>
      )}
      <span>
        Since <RelativeTime at={validFrom} />
        {validTo && (
          <>
            , until <RelativeTime at={validTo} />
          </>
        )}
      </span>
      {deputies.length > 0 && (
        <span>
          {deputies.length === 1 ? 'Deputy' : 'Deputies'}: {deputies.map(({ name }) => name).join(', ')}
        </span>
      )}
    </div>
  )
}
