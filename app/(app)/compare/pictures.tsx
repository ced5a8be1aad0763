import { SeverityBadge } from '@/components/badges'
import { LayerIcon } from '@/components/layer-icon'
import { Panel } from '@/components/panel'
import type { ComparisonView } from '@/lib/history/compare/model'
import classes from './compare.module.css'

/** One bar with its figure; `of` is the longest of those beside it. */
function Bar({ word, count, of, tone }: { word?: string; count: number; of: number; tone: 'bad' | 'good' | 'plain' }) {
  return (
    <div className={classes.bar}>
      {word && <span className={classes.word}>{word}</span>}
      <span className={classes.track} aria-hidden>
        {count > 0 && <span className={classes.fill} data-tone={tone} style={{ width: `${(count / of) * 100}%` }} />}
      </span>
      <b>{count.toLocaleString('en')}</b>
    </div>
  )
}

/** Gaps that came and went, the worst first. */
export function GapsBySeverity({ gaps }: { gaps: ComparisonView['gapsBySeverity'] }) {
  const longest = Math.max(1, ...gaps.flatMap(({ opened, closed }) => [opened, closed]))
  return (
    <Panel title="Gaps opened and closed, by severity">
      <ul className={classes.rows}>
        {gaps.toReversed().map(({ severity, opened, closed }) => (
          <li key={severity}>
            <SeverityBadge severity={severity} />
            <div>
              <Bar word="opened" count={opened} of={longest} tone="bad" />
              <Bar word="closed" count={closed} of={longest} tone="good" />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** For how many bindings another team answers, layer by layer. */
export function MovedByLayer({ layers }: { layers: ComparisonView['movedByLayer'] }) {
  const longest = Math.max(1, ...layers.map(({ moved }) => moved))
  return (
    <Panel title="Owners moved, by layer">
      <ul className={classes.rows}>
        {layers.map(({ layer, moved }) => (
          <li key={layer}>
            <LayerIcon layer={layer} label />
            <Bar count={moved} of={longest} tone="plain" />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
