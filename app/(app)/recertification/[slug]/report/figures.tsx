import { Panel } from '@/components/panel'
import { AnswerDays } from '@/components/recertification/answer-days'
import { ScrollFrame } from '@/components/scroll-frame'
import { StatTile } from '@/components/stat-tile'
import type { CampaignReport, GroupCounts } from '@/lib/recertification/report/model'
import { percent } from '@/lib/recertification/report/texts'
import { outcomeTitles } from '@/lib/recertification/report/words'
import classes from './report.module.css'

const keys = ['certify', 'reassign', 'revoke', 'no_response', 'pending'] as const
const titles = { ...outcomeTitles, pending: 'No outcome' }

type Counts = Omit<GroupCounts, 'key' | 'title'>

/** How items came out, as one bar; the figures stand beside it. */
function OutcomeBar({ counts, large = false }: { counts: Counts; large?: boolean }) {
  return (
    <div className={classes.bar} data-large={large || undefined} aria-hidden>
      {keys.map((key) =>
        counts[key] > 0 ? (
          <span
            key={key}
            data-outcome={key}
            style={{ flexGrow: counts[key] }}
            title={`${titles[key]}: ${counts[key].toLocaleString('en')}`}
          />
        ) : null,
      )}
    </div>
  )
}

/** How it came out, at a glance. */
export function Summary({ report }: { report: CampaignReport }) {
  const { totals, remediations, campaign, groups } = report
  const answered = totals.certify + totals.reassign + totals.revoke
  const remediated = remediations.open + remediations.evidenced + remediations.verified + remediations.reopened
  const asked = totals.reviewers === 1 ? '1 person asked' : `${totals.reviewers.toLocaleString('en')} people asked`
  return (
    <Panel title="Summary">
      {campaign.description !== '' && <p className={classes.prose}>{campaign.description}</p>}
      <div className={classes.tiles}>
        <StatTile label="Items" value={totals.items} note={asked} />
        <StatTile
          label="Answered"
          value={percent(answered, totals.items)}
          note={`${answered.toLocaleString('en')} items`}
        />
        <StatTile label="Revoked" value={totals.revoke} note={`${totals.reassign.toLocaleString('en')} reassigned`} />
        <StatTile label="No response" value={totals.no_response} note={percent(totals.no_response, totals.items)} />
        <StatTile
          label="Revoked and shown to be gone"
          value={remediated === 0 ? '–' : `${remediations.verified} of ${remediated}`}
          {...(remediations.overdue > 0 && { note: `${remediations.overdue} overdue` })}
        />
        <StatTile label="Applied" value={totals.byState.applied} note={notAppliedNote(groups.not_applied)} />
      </div>
      <OutcomeBar counts={totals} large />
      <ul className={classes.legend}>
        {keys.map((key) => (
          <li key={key}>
            <span className={classes.swatch} data-outcome={key} aria-hidden />
            {titles[key]} {totals[key].toLocaleString('en')}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const notAppliedNote = (count: number) =>
  count === 0 ? 'all as decided' : `${count.toLocaleString('en')} not as decided`

/** How it came out by risk, layer and team, and when people answered. */
export function Breakdown({ report }: { report: CampaignReport }) {
  const { byRisk, byLayer, byTeam, days } = report
  return (
    <Panel title="How it came out" flush>
      {days.length > 0 && <AnswerDays days={days.map(({ day, verdicts }) => ({ day, ...verdicts }))} />}
      <GroupTable title="Risk" groups={byRisk} />
      <GroupTable title="Layer" groups={byLayer} />
      <GroupTable title="Team" groups={byTeam.rows} />
      {byTeam.more && <div className={classes.bounded}>Further teams are in the CSV.</div>}
      {report.totals.items === 0 && <div className={classes.bounded}>There are no items.</div>}
    </Panel>
  )
}

function GroupTable({ title, groups }: { title: string; groups: readonly GroupCounts[] }) {
  if (groups.length === 0) return null
  return (
    <ScrollFrame label={`By ${title.toLowerCase()}`} className={classes.groupTable}>
      <table className={classes.table} aria-label={`By ${title.toLowerCase()}`}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" data-numeric>
              Items
            </th>
            {keys.map((key) => (
              <th key={key} scope="col" data-numeric>
                {titles[key]}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.key}>
              <th scope="row">{group.title}</th>
              <td data-numeric>{group.items.toLocaleString('en')}</td>
              {keys.map((key) => (
                <td key={key} data-numeric>
                  {group[key].toLocaleString('en')}
                </td>
              ))}
              <td style={{ width: '24%', verticalAlign: 'middle' }}>
                <OutcomeBar counts={group} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  )
}
