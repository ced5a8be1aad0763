import { percent } from '@/components/coverage-bar'
import bars from '@/components/coverage-bar.module.css'
import { LayerIcon } from '@/components/layer-icon'
import { ownerStatuses, ownerStatusTitles } from '@/components/owner-status'
import { Panel } from '@/components/panel'
import type { OutputOf } from '@/lib/http/client'
import classes from './what-if.module.css'

type Coverage = OutputOf<'whatif.preview'>['coverage'][number]
type Counts = Coverage['before']

const totalOf = (counts: Counts) => ownerStatuses.reduce((sum, status) => sum + counts[status], 0)

/** How far each layer is owned now and would be: two bars to look at, and the figures beside them. */
export function CoverageChange({ coverage }: { coverage: readonly Coverage[] }) {
  return (
    <Panel title="Coverage by layer, now and then" aside={<Legend />}>
      <div className={classes.layers}>
        {coverage.map(({ layer, before, after }) => (
          <section key={layer} className={classes.layer}>
            <h3>
              <LayerIcon layer={layer} label />
            </h3>
            <Bar word="Now" counts={before} />
            <Bar word="Then" counts={after} />
          </section>
        ))}
      </div>
    </Panel>
  )
}

function Bar({ word, counts }: { word: string; counts: Counts }) {
  const total = totalOf(counts)
  const present = ownerStatuses.filter((status) => counts[status] > 0)
  const inWords = present.map((status) => `${counts[status].toLocaleString('en')} ${ownerStatusTitles[status]}`)
  return (
    <div className={classes.bar} title={inWords.join(', ')}>
      <span>{word}</span>
      <div className={bars.bar} aria-hidden>
        {present.map((status) => (
          <span key={status} className={bars.part} data-status={status} style={{ flexGrow: counts[status] }} />
        ))}
      </div>
      <b>{total === 0 ? '–' : `${percent(counts.owned, total)} %`}</b>
      <span className="visually-hidden">{inWords.join(', ')}</span>
    </div>
  )
}

function Legend() {
  return (
    <span className={classes.legend}>
      {ownerStatuses.map((status) => (
        <span key={status}>
          <span className={bars.key} data-status={status} aria-hidden />
          {ownerStatusTitles[status].toLowerCase()}
        </span>
      ))}
    </span>
  )
}
