import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { CampaignStateMark } from '@/components/recertification/campaign-marks'
import { RelativeTime } from '@/components/relative-time'
import type { ReviewCounts } from '@/lib/recertification/reviews/model'
import { urls } from '@/lib/urls'
import classes from './review.module.css'

/** Campaigns in which nothing can be answered any more. */
export function OverList({ campaigns }: { campaigns: ReviewCounts['over'] }) {
  if (campaigns.length === 0) return null
  return (
    <div className={classes.below}>
      <Panel title="Over" flush>
        <ul className={classes.lines}>
          {campaigns.map(({ slug, name, state, at, answered, unanswered }) => (
            <li key={slug}>
              <TextLink href={urls.campaign(slug)}>{name}</TextLink>
              <CampaignStateMark state={state} />
              <span className={classes.dim}>
                ended <RelativeTime at={at} />, {answered.toLocaleString('en')} answered
                {unanswered > 0 && `, ${unanswered.toLocaleString('en')} not`}
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}
