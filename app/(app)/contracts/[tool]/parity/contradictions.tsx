import { IconXboxXFilled } from '@tabler/icons-react'
import { AgentLink, PointLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { RelativeTime } from '@/components/relative-time'
import type { ToolParity } from '@/lib/contracts/parity/model'
import classes from './parity.module.css'

const samplesMax = 1000

/** What the points' own logs show against the contract in force. */
export function Contradictions({ parity: { contradictions, samples } }: { parity: ToolParity }) {
  const { rows, more } = contradictions
  const held = samples > samplesMax ? `more than ${samplesMax.toLocaleString('en')}` : samples.toLocaleString('en')
  return (
    <Panel
      title={
        rows.length === 0 ? 'Decision logs' : `Decision logs: ${rows.length}${more ? '+' : ''} against the contract`
      }
      aside={
        samples > 0 && (
          <span>
            {held} logged {samples === 1 ? 'decision' : 'decisions'} held against it
          </span>
        )
      }
      flush
    >
      {rows.length === 0 ? (
        <p className={classes.none}>
          {samples === 0
            ? 'No point has handed over decisions about this tool. They are taken at POST /api/v1/decision-logs, as in AuthZEN or OCSF.'
            : 'None of the logged decisions contradicts the contract in force.'}
        </p>
      ) : (
        <ul className={classes.logged}>
          {rows.map(({ id, point, agent, decidedAt, source, contradiction, request }) => (
            <li key={id}>
              <span className={classes.mark} data-tone="against">
                <IconXboxXFilled size={14} aria-hidden />
                <span>{contradiction}</span>
              </span>
              <small>
                <PointLink slug={point.slug} name={point.name} />, asked by{' '}
                {agent ? <AgentLink slug={agent.slug} name={agent.name} /> : 'an agent that is gone'},{' '}
                <RelativeTime at={decidedAt} />, from {source}
              </small>
              <details className={classes.question}>
                <summary>What was asked</summary>
                <pre>{JSON.stringify(request, null, 2)}</pre>
              </details>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
