import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { ScrollFrame } from '@/components/scroll-frame'
import type { CampaignReport, ReviewRecord } from '@/lib/recertification/report/model'
import { instant } from '@/lib/recertification/report/texts'
import { remediationTitles, sourceTitles } from '@/lib/recertification/report/words'
import { urls } from '@/lib/urls'
import classes from './report.module.css'

interface RemediationsProps {
  report: CampaignReport
  /** The first of the revoked items. */
  revoked: { rows: ReviewRecord[]; next: string | null }
}

/** What became of revoked access where it is granted, and what shows it: the day it is about and when it was received. */
export function Remediations({ report: { remediations }, revoked }: RemediationsProps) {
  const rows = revoked.rows.flatMap(({ subject, remediation }) => (remediation ? [{ subject, remediation }] : []))
  const { verified, open, evidenced, reopened, overdue } = remediations
  const aside = `${verified} verified · ${evidenced} with evidence · ${open + reopened} open · ${overdue} overdue`
  return (
    <Panel title="Remediation" aside={rows.length > 0 && aside} flush>
      {rows.length === 0 ? (
        <div className={classes.bounded}>No revoked access has to go elsewhere.</div>
      ) : (
        <ScrollFrame label="Remediation">
          <table className={classes.table} aria-label="Remediation">
            <thead>
              <tr>
                <th scope="col">Item</th>
                <th scope="col">State</th>
                <th scope="col">Due</th>
                <th scope="col">Shown by</th>
                <th scope="col">About (UTC)</th>
                <th scope="col">Received (UTC)</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ subject, remediation }) => {
                const event = remediation.events.findLast(({ to }) => to !== 'open')
                return (
                  <tr key={remediation.id}>
                    <th scope="row">
                      <TextLink href={urls.remediation(remediation.id)}>{subject}</TextLink>
                    </th>
                    <td>{remediationTitles[remediation.state]}</td>
                    <td data-date>{remediation.dueAt.slice(0, 10)}</td>
                    <td>{event ? `${sourceTitles[event.source]} (${event.by}): ${event.note}` : 'Nothing yet'}</td>
                    <td data-date>{event ? instant(event.aboutAt) : '–'}</td>
                    <td data-date>{event ? instant(event.receivedAt) : '–'}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </ScrollFrame>
      )}
      {revoked.next !== null && (
        <div className={classes.bounded}>Those of the first fifty revocations; all are in the CSV.</div>
      )}
    </Panel>
  )
}
