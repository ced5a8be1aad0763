import { Panel } from '@/components/panel'
import type { Viewer } from '@/components/registry/viewer'
import type { BindingDetail } from '@/lib/registry/bindings/model'
import { canBinding } from '@/lib/registry/bindings/state'
import classes from './enforcement-path.module.css'
import { Breaks, Connector } from './enforcement-path-breaks'
import { EditPath } from './enforcement-path-edit'
import { AgentStop, PointStop, ToolStop, UnknownStop } from './enforcement-path-stops'

interface EnforcementPathProps {
  binding: BindingDetail
  viewer: Viewer
  mayAssign: true | string
  mayEdit: true | string
}

/**
 * The way of a call, from the agent to where the work happens: what each point on it does, who answers for it, and
 * where the chain of trust breaks. Drawn as a list, so it is heard as one.
 */
export function EnforcementPath({ binding, viewer, mayAssign, mayEdit }: EnforcementPathProps) {
  const { path, breaks } = binding
  const breaksBefore = (position: number) =>
    breaks.flatMap((each, index) => (each.before === position ? [{ ...each, number: index + 1 }] : []))
  return (
    <Panel
      title="Enforcement path"
      aside={<EditPath binding={binding} can={mayEdit === true ? canBinding.edit(binding) : mayEdit} />}
    >
      <section className={classes.frame} aria-label="Picture of the path">
        <ol className={classes.path} aria-label="Enforcement path in call order">
          <li className={classes.stop} data-end>
            <AgentStop agent={binding.agent} />
          </li>
          {path.length === 0 && (
            <li className={classes.stop}>
              <Connector breaks={[]} />
              <UnknownStop />
            </li>
          )}
          {path.map((step, position) => (
            <li key={step.position} className={classes.stop}>
              <Connector breaks={breaksBefore(position)} />
              <PointStop
                step={step}
                contract={binding.contract}
                isApplication={step.point.id === binding.application?.id}
                viewer={viewer}
                mayAssign={mayAssign}
              />
            </li>
          ))}
          <li className={classes.stop} data-end>
            <Connector breaks={breaksBefore(path.length)} />
            <ToolStop binding={binding} />
          </li>
        </ol>
      </section>
      <Breaks binding={binding} />
    </Panel>
  )
}
