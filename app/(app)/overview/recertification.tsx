import { RiskBadge } from '@/components/badges'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { fallingDueMax, type Overview } from '@/lib/overview/model'
import { riskTiers } from '@/lib/registry/model'
import { urls } from '@/lib/urls'
import classes from './overview.module.css'

const counted = (count: number) =>
  count > fallingDueMax ? `${fallingDueMax.toLocaleString('en')}+` : count.toLocaleString('en')

/** The campaigns under way, what waits for the one who looks, and what runs out soon. */
export function Recertification({ recertification }: { recertification: Overview['recertification'] }) {
  const { campaigns, openReviews, fallingDue } = recertification
  const due = riskTiers.filter((risk) => fallingDue[risk] > 0).reverse()
  return (
    <Panel title="Recertification" aside={<TextLink href={urls.recertification()}>All campaigns</TextLink>} flush>
      <ul className={classes.list}>
        {campaigns.map(({ slug, name, because, dueOn, items, open }) => (
          <li key={slug}>
            <span className={classes.grow}>
              <TextLink href={urls.campaign(slug)}>{name}</TextLink>
              <div className={classes.dim}>
                {(items - open).toLocaleString('en')} of {items.toLocaleString('en')} answered
                {dueOn !== null && `, due ${dueOn}`}
                {because !== null && `. ${because}`}
              </div>
            </span>
          </li>
        ))}
        {campaigns.length === 0 && <li className={classes.dim}>No campaign is under way.</li>}
        {openReviews !== null && (
          <li>
            <span className={classes.grow}>
              <TextLink href={urls.reviews()}>Reviews that wait for you</TextLink>
            </span>
            <span className={classes.count}>{openReviews.toLocaleString('en')}</span>
          </li>
        )}
        {due.map((risk) => (
          <li key={risk}>
            <span className={classes.grow}>
              <RiskBadge risk={risk} /> Certifications that run out within 30 days
            </span>
            <span className={classes.count}>{counted(fallingDue[risk])}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
