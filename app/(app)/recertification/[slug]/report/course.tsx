import { Panel } from '@/components/panel'
import { ScrollFrame } from '@/components/scroll-frame'
import { actionTitle } from '@/lib/recertification/report/actions'
import type { CampaignReport } from '@/lib/recertification/report/model'
import { instant } from '@/lib/recertification/report/texts'
import classes from './report.module.css'

/** What was done to the campaign as a whole, and what was said about it. */
export function Course({ report: { course, comments } }: { report: CampaignReport }) {
  const said = comments.rows.map(({ at, author, text }) => ({ at, who: author, what: `“${text}”` }))
  const done = course.rows
    .filter(({ action }) => action !== 'campaigns.comment')
    .map(({ at, actor, action, reason }) => ({
      at,
      who: actor,
      what: `${actionTitle(action)}${reason ? `: ${reason}` : ''}`,
    }))
  const rows = [...done, ...said].sort((one, other) => (one.at < other.at ? -1 : 1))
  return (
    <Panel title="Course" flush>
      {rows.length === 0 ? (
        <div className={classes.bounded}>Nothing has been done with it yet.</div>
      ) : (
        <ScrollFrame label="Course">
          <table className={classes.table} aria-label="Course">
            <thead>
              <tr>
                <th scope="col">When (UTC)</th>
                <th scope="col">Who</th>
                <th scope="col">What</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ at, who, what }, index) => (
                // Two may happen in the same millisecond, and none is ever taken out.
                // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end
                <tr key={`${at}-${index}`}>
                  <td data-date>{instant(at)}</td>
                  <td>{who}</td>
                  <td>{what}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
      {(course.more || comments.more) && <div className={classes.bounded}>The rest is in the audit log.</div>}
    </Panel>
  )
}
