import { Handshake } from '@/components/handshake'
import { LayerIcon } from '@/components/layer-icon'
import { PersonLink, TeamLink } from '@/components/links'
import { ownerStatusMeanings, ownerStatusTitles } from '@/components/owner-status'
import { Panel } from '@/components/panel'
import { AssignOwner } from '@/components/registry/assign-owner'
import { EndOwnership } from '@/components/registry/end-ownership'
import { SetOn, Story } from '@/components/registry/provenance'
import { SetDeputies } from '@/components/registry/set-deputies'
import { Standing } from '@/components/registry/standing'
import { mayHandOn, type Viewer } from '@/components/registry/viewer'
import { layerOf } from '@/lib/layers'
import type { BindingDetail } from '@/lib/registry/bindings/model'
import classes from './five-owners.module.css'

interface FiveOwnersProps {
  binding: BindingDetail
  viewer: Viewer
  /** `true`, or why the signed-in person may not assign at all. */
  mayAssign: true | string
}

/** The five owners of a binding, each with its whole provenance and what can be done about it. */
export function FiveOwners({ binding, viewer, mayAssign }: FiveOwnersProps) {
  return (
    <Panel title="Owners of the five layers" flush>
      <ol className={classes.layers}>
        {binding.owners.map((owner) => (
          <li key={owner.layer} className={classes.layer} data-status={owner.status}>
            <div className={classes.title}>
              <LayerIcon layer={owner.layer} label />
              <small>{layerOf(owner.layer).answersFor}</small>
            </div>
            <Owner owner={owner} viewer={viewer} />
            <OwnerActions owner={owner} binding={binding} viewer={viewer} mayAssign={mayAssign} />
          </li>
        ))}
      </ol>
    </Panel>
  )
}

type LayerOwner = BindingDetail['owners'][number]

function Owner({ owner, viewer }: { owner: LayerOwner; viewer: Viewer }) {
  const { team, person, status, assignment } = owner
  return (
    <div className={classes.owner}>
      <div className={classes.name}>
        {team ? <TeamLink slug={team.slug} name={team.name} /> : <b>Nobody</b>}
        <Standing text={ownerStatusTitles[status]} />
      </div>
      {person && (
        <span className={classes.detail}>
          Accountable: <PersonLink id={person.externalId} name={person.name} />
        </span>
      )}
      {status !== 'owned' && <span className={classes.meaning}>{ownerStatusMeanings[status]}</span>}
      {assignment && (
        <div className={classes.detail}>
          <SetOn assignment={assignment} />
          <Story assignment={assignment} />
        </div>
      )}
      {assignment && <Handshake assignment={assignment} leadOf={viewer.leadOf} />}
    </div>
  )
}

function OwnerActions({ owner, binding, viewer, mayAssign }: FiveOwnersProps & { owner: LayerOwner }) {
  const { slug, agent, tool } = binding
  const { layer, assignment } = owner
  const item = {
    layer,
    subjects: { binding: { slug, name: `${agent.name} on ${tool.name}` }, agent, tool },
    cell: owner,
  }
  return (
    <div className={classes.actions}>
      <AssignOwner
        items={[item]}
        can={mayAssign === true ? mayHandOn(assignment, viewer) : mayAssign}
        label={assignment ? 'Change' : 'Assign'}
      />
      {assignment && <SetDeputies assignment={assignment} viewer={viewer} />}
      {assignment && <EndOwnership assignment={assignment} viewer={viewer} />}
    </div>
  )
}
