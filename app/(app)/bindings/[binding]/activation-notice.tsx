import { Notice } from '@/components/notice'
import { AssignOwner } from '@/components/registry/assign-owner'
import { mayHandOn, type Viewer } from '@/components/registry/viewer'
import { layerOf } from '@/lib/layers'
import type { BindingDetail } from '@/lib/registry/bindings/model'
import { activationConcern } from '@/lib/registry/bindings/state'
import classes from './activation-notice.module.css'

interface ActivationNoticeProps {
  binding: BindingDetail
  viewer: Viewer
  /** `true`, or why the signed-in person may not assign at all. */
  mayAssign: true | string
}

/** What stands against activating a binding that waits for it, before anybody tries: who is missing, and where to name them. */
export function ActivationNotice({ binding, viewer, mayAssign }: ActivationNoticeProps) {
  const { state, activation, risk, slug, agent, tool } = binding
  const unowned = binding.owners.filter(({ status }) => status === 'unowned')
  const concern = activationConcern(
    activation,
    risk,
    unowned.map(({ layer }) => layer),
  )
  if (concern === null || (state !== 'approved' && state !== 'requested')) return null
  const subjects = { binding: { slug, name: `${agent.name} on ${tool.name}` }, agent, tool }
  return (
    <Notice label="Before it is activated" blocks={concern.blocks}>
      <p>
        <b>{concern.blocks ? 'It cannot be activated yet.' : 'It can be activated, with a warning.'}</b>{' '}
        {concern.message}
      </p>
      <ul className={classes.missing}>
        {unowned.map((cell) => (
          <li key={cell.layer}>
            <AssignOwner
              items={[{ layer: cell.layer, subjects, cell }]}
              can={mayAssign === true ? mayHandOn(null, viewer) : mayAssign}
              label={`Name an owner of ${layerOf(cell.layer).title.toLowerCase()}`}
            />
          </li>
        ))}
      </ul>
    </Notice>
  )
}
