import { RiskBadge } from '@/components/badges'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import type { OutputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import classes from './review.module.css'

/** What campaigns that are announced will ask. */
export function Upcoming({ campaigns }: { campaigns: OutputOf<'reviews.upcoming'>['rows'] }) {
  if (campaigns.length === 0) return null
  return (
    <div className={classes.below}>
      <Panel title="Coming up" flush>
        <ul className={classes.lines}>
          {campaigns.map(({ campaign, startsAt, dueOn, items, first }) => (
            <li key={campaign.slug}>
              <TextLink href={urls.campaign(campaign.slug)}>{campaign.name}</TextLink>
              <span className={classes.dim}>
                from {startsAt.slice(0, 10)} to {dueOn}, as things are now {items.toLocaleString('en')}{' '}
                {items === 1 ? 'item' : 'items'}
              </span>
              <details className={classes.more}>
                <summary>What it will ask</summary>
                <ul>
                  {first.map(({ slug, risk }) => (
                    <li key={slug}>
                      <span>{slug}</span> <RiskBadge risk={risk} />
                    </li>
                  ))}
                  {items > first.length && <li>and {(items - first.length).toLocaleString('en')} more</li>}
                </ul>
              </details>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}
