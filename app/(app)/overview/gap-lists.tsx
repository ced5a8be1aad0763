import { SeverityBadge } from '@/components/badges'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { RelativeTime } from '@/components/relative-time'
import type { Overview } from '@/lib/overview/model'
import { urls } from '@/lib/urls'
import classes from './overview.module.css'

/** How many gaps each rule has open, the rule with most first. */
export function GapsByRule({ rules }: { rules: Overview['gaps']['byRule'] }) {
  return (
    <Panel title="Open gaps by rule" flush>
      <ul className={classes.list}>
        {rules.map(({ rule, title, count }) => (
          <li key={rule}>
            <span className={classes.grow}>
              <TextLink href={urls.gaps({ rule })}>{title}</TextLink>
            </span>
            <span className={classes.count}>{count.toLocaleString('en')}</span>
          </li>
        ))}
        {rules.length === 0 && <li className={classes.dim}>No gap is open.</li>}
      </ul>
    </Panel>
  )
}

/** The gaps that opened last. */
export function NewestGaps({ gaps }: { gaps: Overview['gaps']['newest'] }) {
  return (
    <Panel title="Newest gaps" aside={<TextLink href={urls.gaps()}>All gaps</TextLink>} flush>
      <ul className={classes.list}>
        {gaps.map((gap) => (
          <li key={gap.id}>
            <SeverityBadge severity={gap.severity} />
            <span className={classes.grow}>
              <TextLink href={urls.gap(gap.id)} listItem>
                {gap.title}
              </TextLink>{' '}
              <span className={classes.dim}>{gap.subject.name}</span>
            </span>
            <span className={classes.dim}>
              <RelativeTime at={gap.since} />
            </span>
          </li>
        ))}
        {gaps.length === 0 && <li className={classes.dim}>No gap is open.</li>}
      </ul>
    </Panel>
  )
}
