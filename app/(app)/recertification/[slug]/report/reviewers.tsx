import { PersonLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { ScrollFrame } from '@/components/scroll-frame'
import type { CampaignReport } from '@/lib/recertification/report/model'
import { howLong, percent } from '@/lib/recertification/report/texts'
import classes from './report.module.css'

const heads = ['Asked', 'Answered', 'No answer', 'Passed on', 'Revoked', 'In bulk', 'Time each'] as const

/** Who was asked, and how they went about it. */
export function Reviewers({ report: { reviewers } }: { report: CampaignReport }) {
  return (
    <Panel title="Reviewers" aside="Time each: the median of how long items were before them" flush>
      {reviewers.rows.length === 0 ? (
        <div className={classes.bounded}>Nobody has been asked.</div>
      ) : (
        <ScrollFrame label="Reviewers">
          <table className={classes.table} aria-label="Reviewers">
            <thead>
              <tr>
                <th scope="col">Reviewer</th>
                {heads.map((head) => (
                  <th key={head} scope="col" data-numeric>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {reviewers.rows.map((line) => (
                <tr key={line.person.id ?? line.person.name}>
                  <th scope="row">
                    {line.person.externalId === null ? (
                      line.person.name
                    ) : (
                      <PersonLink id={line.person.externalId} name={line.person.name} />
                    )}
                  </th>
                  {[
                    line.asked.toLocaleString('en'),
                    line.decisions.toLocaleString('en'),
                    (line.lapsed + line.open).toLocaleString('en'),
                    line.passedOn.toLocaleString('en'),
                    line.revoked.toLocaleString('en'),
                    percent(line.inBulk, line.decisions),
                    howLong(line.medianMs),
                  ].map((figure, index) => (
                    <td key={heads[index]} data-numeric>
                      {figure}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
      {reviewers.more && <div className={classes.bounded}>The hundred who were asked most; all are in the CSV.</div>}
    </Panel>
  )
}
