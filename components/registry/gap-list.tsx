import { findRule } from '@/lib/gaps/rules'
import type { GapOn } from '@/lib/registry/shapes'
import { urls } from '@/lib/urls'
import { GapStateBadge, SeverityBadge } from '../badges'
import { LayerIcon } from '../layer-icon'
import { TextLink } from '../links'
import { Panel } from '../panel'
import { RelativeTime } from '../relative-time'
import classes from './registry.module.css'

interface GapListProps {
  gaps: { rows: readonly GapOn[]; more: boolean }
  /** The list of gaps narrowed to this thing, where it can be. */
  href?: string
  /** What is said when there is none. */
  none: string
}

/** The open gaps that concern a thing, worst first, each with what made it fire. */
export function GapList({ gaps, href, none }: GapListProps) {
  const count = `${gaps.rows.length}${gaps.more ? '+' : ''}`
  return (
    <Panel
      title={gaps.rows.length === 0 ? 'Open gaps' : `Open gaps (${count})`}
      aside={gaps.rows.length > 0 && href && <TextLink href={href}>All in the list of gaps</TextLink>}
      flush
    >
      {gaps.rows.length === 0 ? (
        <p className={classes.none}>{none}</p>
      ) : (
        <ul className={classes.list}>
          {gaps.rows.map((gap) => (
            <li key={gap.id} className={classes.gap}>
              <div className={classes.line}>
                <SeverityBadge severity={gap.severity} />
                <TextLink href={urls.gap(gap.id)}>{findRule(gap.rule)?.title ?? gap.rule}</TextLink>
                {gap.layer && <LayerIcon layer={gap.layer} label />}
                {gap.state !== 'open' && <GapStateBadge state={gap.state} />}
                <span className={classes.end}>
                  <RelativeTime at={gap.openedAt} />
                </span>
              </div>
              <p>{gap.explanation}</p>
              <small>
                <code>{gap.rule}</code> on {gap.subject.type} {gap.subject.slug}
              </small>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
