import { EmptyState } from '@/components/empty-state'
import { LayerIcon } from '@/components/layer-icon'
import { TextLink } from '@/components/links'
import { ownerStatusTitles } from '@/components/owner-status'
import { Panel } from '@/components/panel'
import { StatTile } from '@/components/stat-tile'
import type { OutputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { CoverageChange } from './coverage-change'
import { GapPanel } from './gap-panel'
import classes from './what-if.module.css'

type Answer = OutputOf<'whatif.preview'>

/** What a change would come to: in figures, as a picture, and in lists. */
export function AnswerView({ answer }: { answer: Answer }) {
  const { totals, owners, opens, closes, changesSeverity, contracts, coverage } = answer
  if (Object.values(totals).every((count) => count === 0))
    return <EmptyState>Nothing would change: no owner, no gap, no contract.</EmptyState>
  return (
    <div className={classes.answer}>
      <div className={classes.tiles}>
        <StatTile label="Owners that change" value={totals.owners} note="layers of active bindings" />
        <StatTile label="Gaps that open" value={totals.opens} />
        <StatTile label="Gaps that close" value={totals.closes} />
        <StatTile label="Contracts touched" value={totals.contracts} />
        {totals.revokes > 0 && <StatTile label="Bindings revoked" value={totals.revokes} />}
        {totals.successions > 0 && <StatTile label="Successors needed" value={totals.successions} />}
      </div>
      <CoverageChange coverage={coverage} />
      <div className={classes.panels}>
        <Panel title={`Owners that change (${totals.owners.toLocaleString('en')})`} flush>
          {owners.length === 0 ? <None>No owner changes.</None> : <OwnerList owners={owners} />}
        </Panel>
        <div className={classes.stack}>
          <GapPanel title="Gaps that open" total={totals.opens} gaps={opens} none="No gap opens." />
          {changesSeverity.length > 0 && (
            <GapPanel
              title="Gaps that get another severity"
              total={totals.changesSeverity}
              gaps={changesSeverity.map(({ before, gap }) => ({ ...gap, before }))}
              none=""
            />
          )}
          <GapPanel title="Gaps that close" total={totals.closes} gaps={closes} none="No gap closes." />
          {contracts.length > 0 && (
            <Panel title={`Contracts touched (${totals.contracts})`} flush>
              <ul className={classes.list}>
                {contracts.map(({ tool, version, because }) => (
                  <li key={`${tool.slug} ${version}`}>
                    <TextLink href={urls.contract(tool.slug, version)} listItem>
                      {tool.name}, version {version}
                    </TextLink>
                    <p className={classes.quiet}>{reasons[because]}</p>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
        </div>
      </div>
    </div>
  )
}

const reasons = {
  written: 'written by a team that could not answer for it',
  signed: 'signed off by a team that could not answer for it',
  tool: 'of a tool that gets another owner',
} as const

function None({ children }: { children: string }) {
  return <p className={classes.none}>{children}</p>
}

function OwnerList({ owners }: { owners: Answer['owners'] }) {
  return (
    <ul className={classes.list}>
      {owners.map(({ layer, before, after, cells, examples }) => (
        <li key={[layer, before.status, before.team?.slug, after.status, after.team?.slug].join()}>
          <div className={classes.line}>
            <LayerIcon layer={layer} label />
            <span className={classes.count}>
              {cells.toLocaleString('en')} {cells === 1 ? 'binding' : 'bindings'}
            </span>
          </div>
          <div>
            <Standing {...before} /> <span aria-hidden>→</span>
            <span className="visually-hidden">becomes</span> <Standing {...after} />
          </div>
          <p className={classes.quiet} title={examples.join('\n')}>
            {examples.slice(0, 3).join(', ')}
            {cells > 3 && ` and ${(cells - 3).toLocaleString('en')} more`}
          </p>
        </li>
      ))}
    </ul>
  )
}

function Standing({ status, team }: Answer['owners'][number]['before']) {
  const word = status === 'gone' ? 'revoked' : ownerStatusTitles[status].toLowerCase()
  if (!team) return <span>{word}</span>
  return (
    <span>
      <TextLink href={urls.team(team.slug)}>{team.name}</TextLink> <span className={classes.quiet}>{word}</span>
    </span>
  )
}
