import { PersonLink, TextLink } from '@/components/links'
import { OutcomeMark } from '@/components/recertification/campaign-marks'
import { reviewerReasonTitles, verdictTitles } from '@/components/recertification/campaign-words'
import { RelativeTime } from '@/components/relative-time'
import type { ItemReviewerState } from '@/lib/recertification/model'
import type { ReviewDetail } from '@/lib/recertification/reviews/model'
import { urls } from '@/lib/urls'
import classes from '../review.module.css'

const stateWords: Record<ItemReviewerState, string> = {
  open: 'has not answered',
  answered: 'answered, or somebody for them',
  passed_on: 'passed it on',
  lapsed: 'is not asked any more',
}

/** Everybody who is or was asked about an item, and why. */
export function Asked({ reviewers }: Pick<ReviewDetail, 'reviewers'>) {
  if (reviewers.length === 0) return <p className={classes.none}>Nobody is asked about it.</p>
  return (
    <ul className={classes.lines}>
      {reviewers.map(({ person, stage, because, state, dueAt, note, heldBy }) => (
        <li key={`${stage}-${person.id}`}>
          <div className={classes.said}>
            <span>
              <PersonLink id={person.externalId} name={person.name} /> {stateWords[state]}
              {heldBy && `; ${heldBy.name} stands in`}
            </span>
            <span className={classes.dim}>
              {reviewerReasonTitles[because]}
              {state === 'open' && (
                <>
                  , due <RelativeTime at={dueAt} />
                </>
              )}
              {note && `: ${note}`}
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}

/** What was said about an item in its campaign; what was taken back is struck out and stays. */
export function Said({ decisions }: Pick<ReviewDetail, 'decisions'>) {
  if (decisions.length === 0) return <p className={classes.none}>Nobody has said anything yet.</p>
  return (
    <ul className={classes.lines}>
      {decisions.map(({ id, verdict, by, standsInFor, at, comment, toTeam, undoneAt, undoneBy }) => {
        const what = `${verdictTitles[verdict]}${toTeam ? ` to ${toTeam.name}` : ''}`
        return (
          <li key={id}>
            <div className={classes.said}>
              <span>
                {undoneAt ? <s>{what}</s> : <b>{what}</b>} by {by}
                {standsInFor && ` for ${standsInFor}`} <RelativeTime at={at} />
              </span>
              {comment && <p>{comment}</p>}
              {undoneAt && (
                <span className={classes.dim}>
                  taken back by {undoneBy} <RelativeTime at={undoneAt} />
                </span>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** What earlier campaigns came to about the same thing. */
export function Earlier({ earlier }: Pick<ReviewDetail, 'earlier'>) {
  if (earlier.length === 0) return <p className={classes.none}>No other campaign has asked about it.</p>
  return (
    <ul className={classes.lines}>
      {earlier.map(({ item, campaign, outcome, at, decidedBy, comment }) => (
        <li key={item}>
          <div className={classes.said}>
            <span>
              <TextLink href={urls.reviewItem(item)}>{campaign.name}</TextLink>{' '}
              {outcome ? <OutcomeMark outcome={outcome} /> : 'not answered yet'}
            </span>
            {(at || decidedBy) && (
              <span className={classes.dim}>
                {decidedBy} {at && <RelativeTime at={at} />}
              </span>
            )}
            {comment && <p>{comment}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}
