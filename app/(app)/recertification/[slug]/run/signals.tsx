import { PersonLink } from '@/components/links'
import { Panel } from '@/components/panel'
import type { CampaignSignals } from '@/lib/recertification/campaigns/signals'
import classes from './run.module.css'

const percent = (share: number) => `${Math.round(share * 100)}%`

function lookedWords(ms: number | null): string {
  if (ms === null) return '–'
  const seconds = ms / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}

/** How each reviewer went about it: to choose where a second look is worth while. */
export function Signals({ signals: { rows } }: { signals: CampaignSignals }) {
  return (
    <Panel title="How it was answered" aside="Where a second look is worth while" flush>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Reviewer</th>
            <th scope="col">Answers</th>
            <th scope="col" title="Half of the items were before their eyes for no longer">
              Median time
            </th>
            <th scope="col">In bulk</th>
            <th scope="col">Certified</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ person, decided, medianLookedMs, bulkShare, certifyShare }) => (
            <tr key={person.externalId}>
              <th scope="row">
                <PersonLink id={person.externalId} name={person.name} />
              </th>
              <td>{decided.toLocaleString('en')}</td>
              <td>{lookedWords(medianLookedMs)}</td>
              <td>{percent(bulkShare)}</td>
              <td>{percent(certifyShare)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
