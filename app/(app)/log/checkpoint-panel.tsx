import { Digest } from '@/components/digest'
import { Panel } from '@/components/panel'
import { RelativeTime } from '@/components/relative-time'
import { ScrollFrame } from '@/components/scroll-frame'
import type { CheckpointView, LogView } from '@/lib/transparency/model'
import classes from './log.module.css'

/** The newest checkpoint: what it covers, who signed it, and the state of the register in it. */
export function CheckpointPanel({ log, checkpoint }: { log: LogView; checkpoint: CheckpointView }) {
  const since = log.size - checkpoint.size
  const [key] = log.keys
  return (
    <Panel title="Newest checkpoint" aside={<RelativeTime at={checkpoint.at} />}>
      <dl className={classes.facts}>
        <dt>Events</dt>
        <dd>
          {checkpoint.size.toLocaleString('en')}
          {since > 0 && ` (${since.toLocaleString('en')} more since)`}
        </dd>
        <dt>Root</dt>
        <dd>
          <Digest digest={checkpoint.root} />
        </dd>
        <dt>Log</dt>
        <dd>
          <code>{log.origin}</code>
        </dd>
        <dt>Public key</dt>
        <dd>{key && <Digest digest={key.verifierKey} full />}</dd>
        <dt>Cosigned by</dt>
        <dd>{checkpoint.cosignatures.map(({ witness }) => witness).join(', ') || 'no witness'}</dd>
      </dl>
      {checkpoint.state && <States state={checkpoint.state} />}
    </Panel>
  )
}

function States({ state }: { state: NonNullable<CheckpointView['state']> }) {
  return (
    <ScrollFrame label="State of the register" className={classes.states}>
      <table>
        <caption>
          The register as of <RelativeTime at={state.asOf} />, in leaf {state.index.toLocaleString('en')}
        </caption>
        <thead>
          <tr>
            <th scope="col">Rows of</th>
            <th scope="col" data-number>
              Number
            </th>
            <th scope="col">Root</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(state.datasets).map(([name, { rows, root }]) => (
            <tr key={name}>
              <td>{name}</td>
              <td data-number>{rows.toLocaleString('en')}</td>
              <td>
                <Digest digest={root} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  )
}
