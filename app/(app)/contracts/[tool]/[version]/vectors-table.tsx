import { Panel } from '@/components/panel'
import { Quiet } from '@/components/registry/quiet'
import { ScrollFrame } from '@/components/scroll-frame'
import type { DecisionVector } from '@/lib/contracts/model'
import { Decision } from '../../decision'
import classes from './contract.module.css'

const textOf = (value: object | undefined) => (value && Object.keys(value).length > 0 ? JSON.stringify(value) : null)

function Entity({ type, id, properties }: DecisionVector['subject']) {
  const attributes = textOf(properties)
  return (
    <span className={classes.entity} title={`${type} ${id}${attributes ? ` ${attributes}` : ''}`}>
      <span>
        <small>{type}</small> <code>{id}</code>
      </span>
      {attributes && <small>{attributes}</small>}
    </span>
  )
}

/** The questions every point is asked, and the answer that each has to give. */
export function VectorsTable({ vectors }: { vectors: readonly DecisionVector[] }) {
  return (
    <Panel title={vectors.length === 0 ? 'Decision vectors' : `Decision vectors (${vectors.length})`} flush>
      {vectors.length === 0 ? (
        <p className={classes.none}>None: no point can be asked whether it decides as the contract says.</p>
      ) : (
        <ScrollFrame label="Decision vectors" className={classes.frame}>
          <table className={classes.vectors} aria-label="Decision vectors">
            <thead>
              <tr>
                <th scope="col">Vector</th>
                <th scope="col">Subject</th>
                <th scope="col">Action</th>
                <th scope="col">Resource</th>
                <th scope="col">Context</th>
                <th scope="col">Expected</th>
              </tr>
            </thead>
            <tbody>
              {vectors.map((vector, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: names may stand twice, and the rows never move
                <tr key={index}>
                  <th scope="row" title={vector.name}>
                    {vector.name}
                  </th>
                  <td>
                    <Entity {...vector.subject} />
                  </td>
                  <td title={textOf(vector.action.properties) ?? undefined}>
                    <code>{vector.action.name}</code>
                  </td>
                  <td>
                    <Entity {...vector.resource} />
                  </td>
                  <td title={textOf(vector.context) ?? undefined}>
                    <span className={classes.context}>{textOf(vector.context) ?? <Quiet>None</Quiet>}</span>
                  </td>
                  <td>
                    <Decision decision={vector.decision} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
    </Panel>
  )
}
