import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { ScrollFrame } from '@/components/scroll-frame'
import { groupTitles } from '@/lib/recertification/report/groups'
import { type CampaignReport, type RecordGroup, recordGroups } from '@/lib/recertification/report/model'
import { instant, upTo } from '@/lib/recertification/report/texts'
import { queryString, urls } from '@/lib/urls'
import classes from './report.module.css'

const order = Object.keys(groupTitles)
const groups = recordGroups.toSorted((one, other) => order.indexOf(one) - order.indexOf(other))

/** What an auditor asks for first; each leads to its records. */
export function Attention({ report, among }: { report: CampaignReport; among: RecordGroup | undefined }) {
  const address = `${urls.campaignReport(report.campaign.slug)}`
  return (
    <Panel title="What to look at" aside={among && <TextLink href={`${address}#records`}>Show all records</TextLink>}>
      <dl className={classes.groups}>
        {groups.map((group) => (
          <div key={group}>
            <dt>
              {report.groups[group] === 0 ? (
                <span className={classes.quiet}>{groupTitles[group]}</span>
              ) : (
                <TextLink href={`${address}${queryString({ among: group })}#records`}>{groupTitles[group]}</TextLink>
              )}
            </dt>
            <dd>{upTo(report.groups[group])}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

const challengeTitles = { open: 'Not decided yet', upheld: 'Revocation upheld', overturned: 'Revocation overturned' }

/** Revocations that were contested, and what the lead decided. */
export function Challenges({ report: { challenges } }: { report: CampaignReport }) {
  return (
    <Panel title="Challenges" flush>
      {challenges.rows.length === 0 ? (
        <div className={classes.bounded}>Nobody contested a revocation.</div>
      ) : (
        <ScrollFrame label="Challenges">
          <table className={classes.table} aria-label="Challenges">
            <thead>
              <tr>
                <th scope="col">Item</th>
                <th scope="col">Contested by</th>
                <th scope="col">Decision</th>
              </tr>
            </thead>
            <tbody>
              {challenges.rows.map(({ id, subject, by, at, reason, state, decidedBy, decidedAt, note }) => (
                <tr key={id}>
                  <th scope="row">{subject}</th>
                  <td>
                    {by}, {instant(at)}: {reason}
                  </td>
                  <td>
                    {challengeTitles[state]}
                    {decidedBy && ` by ${decidedBy}, ${instant(decidedAt)}`}
                    {note && `: ${note}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
      {challenges.more && <div className={classes.bounded}>The latest hundred; older ones are in the CSV.</div>}
    </Panel>
  )
}
