import type { Metadata } from 'next'
import { CoverageBar } from '@/components/coverage-bar'
import { EmptyState } from '@/components/empty-state'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { StatTile } from '@/components/stat-tile'
import { severities } from '@/lib/gaps/model'
import { read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { DeparturesHeld } from './overview/departures-held'
import { GapsByRule, NewestGaps } from './overview/gap-lists'
import { GapTrend } from './overview/gap-trend'
import { MyWork } from './overview/my-work'
import classes from './overview/overview.module.css'
import { Recertification } from './overview/recertification'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage() {
  const [overview, me] = await Promise.all([read('overview.get', {}), read('me.get', {})])
  const { totals, coverage, gaps, mine } = overview
  const open = severities.reduce((sum, severity) => sum + gaps.bySeverity[severity], 0)
  if (totals.agents + totals.tools + totals.bindings === 0) {
    return (
      <>
        <PageHeader title="Overview" />
        <EmptyState action={<LinkButton href={urls.imports()}>Import an estate</LinkButton>}>
          Nothing is registered yet. Import your agents and tools, and this page shows who answers for them.
        </EmptyState>
      </>
    )
  }
  return (
    <>
      <PageHeader title="Overview" meta="Who answers for each layer, and where nobody does" />
      <div className={classes.stack}>
        <DeparturesHeld />
        <div className={classes.tiles}>
          <StatTile label="Active agents" value={totals.agents} href={urls.agents({ lifecycle: 'active' })} />
          <StatTile label="Tools" value={totals.tools} href={urls.tools()} />
          <StatTile label="Active bindings" value={totals.bindings} href={urls.matrix()} />
          <StatTile
            label="Open gaps"
            value={open}
            note={`${gaps.bySeverity.critical} critical, ${gaps.bySeverity.high} high`}
            href={urls.gaps()}
          />
          <StatTile
            label="Recertification overdue"
            value={overview.overdueRecertifications}
            href={urls.gaps({ rule: 'recertification-overdue' })}
          />
        </div>
        <div className={classes.columns}>
          <div className={classes.stack}>
            <Panel title="Coverage by layer">
              {coverage.map(({ layer, ...counts }) => (
                <CoverageBar key={layer} layer={layer} counts={counts} />
              ))}
            </Panel>
            <Panel title="Gaps opened and resolved, last 30 days">
              <GapTrend days={gaps.trend} />
            </Panel>
            <NewestGaps gaps={gaps.newest} />
          </div>
          <div className={classes.stack}>
            <MyWork mine={mine} leadOf={me.leadOf.map(({ slug }) => slug)} />
            <Recertification recertification={overview.recertification} />
            <GapsByRule rules={gaps.byRule} />
          </div>
        </div>
      </div>
    </>
  )
}
