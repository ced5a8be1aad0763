import { SeverityBadge } from '@/components/badges'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import type { OutputOf } from '@/lib/http/client'
import { layerOf } from '@/lib/layers'
import { subjectUrl, urls } from '@/lib/urls'
import classes from './what-if.module.css'

type Gap = OutputOf<'whatif.preview'>['opens'][number]

interface GapPanelProps {
  title: string
  total: number
  /** `before` is the severity it has now, where it gets another. */
  gaps: readonly (Gap & { before?: Gap['severity'] })[]
  none: string
}

/** The first of the gaps that become, cease or change. */
export function GapPanel({ title, total, gaps, none }: GapPanelProps) {
  return (
    <Panel title={`${title} (${total.toLocaleString('en')})`} flush>
      {gaps.length === 0 ? (
        <p className={classes.none}>{none}</p>
      ) : (
        <ul className={classes.list}>
          {gaps.map((gap) => (
            <li key={`${gap.rule} ${gap.subject.type} ${gap.subject.slug} ${gap.layer} ${gap.explanation}`}>
              <div className={classes.line}>
                <SeverityBadge severity={gap.severity} />
                <span className={classes.title}>
                  {gap.title}
                  {gap.layer && `: ${layerOf(gap.layer).title}`}
                  {gap.before && <span className={classes.quiet}> (was {gap.before})</span>}
                </span>
                <span className={classes.count}>
                  {gap.affected.toLocaleString('en')} {gap.affected === 1 ? 'binding' : 'bindings'}
                </span>
              </div>
              <div>
                <Subject {...gap.subject} />
              </div>
              <p className={classes.quiet}>{gap.explanation}</p>
            </li>
          ))}
          {total > gaps.length && (
            <li className={classes.quiet}>and {(total - gaps.length).toLocaleString('en')} more</li>
          )}
        </ul>
      )}
    </Panel>
  )
}

/** An assignment has no page of its own: its name says where it stands. */
function Subject({ type, slug, name }: Gap['subject']) {
  if (type === 'assignment' || type === 'log') return <code>{slug}</code>
  return <TextLink href={type === 'binding' ? urls.binding(slug) : subjectUrl(type, slug)}>{name}</TextLink>
}
