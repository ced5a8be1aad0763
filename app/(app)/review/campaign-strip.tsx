import { TextLink } from '@/components/links'
import type { ReviewCounts } from '@/lib/recertification/reviews/model'
import { urls } from '@/lib/urls'
import classes from './review.module.css'

/** How far each running campaign is for the one who looks, and what its lead says about it. */
export function CampaignStrip({ campaigns }: { campaigns: ReviewCounts['campaigns'] }) {
  if (campaigns.length === 0) return null
  return (
    <ul className={classes.campaigns} aria-label="Campaigns">
      {campaigns.map((campaign) => {
        const total = campaign.open + campaign.deferred + campaign.answered
        return (
          <li key={campaign.slug} className={classes.campaign}>
            <div className={classes.campaignHead}>
              <TextLink href={urls.reviews({ campaign: campaign.slug })}>{campaign.name}</TextLink>
              <span className={classes.dim}>
                {campaign.stage.of > 1 && `${campaign.stage.name}, ${campaign.stage.number} of ${campaign.stage.of} · `}
                due {campaign.dueOn}
              </span>
            </div>
            <progress
              className={classes.progress}
              max={total}
              value={campaign.answered}
              aria-label={`Answered in ${campaign.name}`}
            />
            <span className={classes.figures}>
              {campaign.answered.toLocaleString('en')} of {total.toLocaleString('en')} answered
              {campaign.overdue > 0 && (
                <b className={classes.overdue}> · {campaign.overdue.toLocaleString('en')} overdue</b>
              )}
              {campaign.deferred > 0 && ` · ${campaign.deferred.toLocaleString('en')} put off`}
            </span>
            {campaign.instructions && (
              <p className={classes.instructions} title={campaign.instructions}>
                {campaign.instructions}
              </p>
            )}
            {campaign.selfReview && (
              <p className={classes.instructions}>
                In this campaign people may certify what they answer for themselves.
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}
