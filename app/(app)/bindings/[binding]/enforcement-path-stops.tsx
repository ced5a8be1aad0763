import {
  IconDoor,
  IconHelpCircle,
  IconPlug,
  IconRobot,
  IconRoute,
  IconServer,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { LifecycleBadge } from '@/components/badges'
import { AgentLink, PointLink, TeamLink, ToolLink } from '@/components/links'
import { provenanceOf } from '@/components/owner-status'
import { AssignOwner } from '@/components/registry/assign-owner'
import { OwnPrivileges } from '@/components/registry/own-privileges'
import { PathModeMark } from '@/components/registry/path-mode'
import { pointKindTitles, toolKindTitles } from '@/components/registry/titles'
import { mayHandOn, type Viewer } from '@/components/registry/viewer'
import { enforcementLayer } from '@/lib/layers'
import type { BindingDetail } from '@/lib/registry/bindings/model'
import type { PathMode, PointKind } from '@/lib/registry/model'
import classes from './enforcement-path.module.css'
import { Attested, Digest } from './enforcement-path-contract'

type Step = BindingDetail['path'][number]

const kindIcons: Record<PointKind, TablerIcon> = { gateway: IconDoor, broker: IconRoute, application: IconServer }

interface CardProps {
  icon: TablerIcon
  kind: string
  name: ReactNode
  mode?: PathMode
  children?: ReactNode
}

function Card({ icon: Icon, kind, name, mode, children }: CardProps) {
  return (
    <div className={classes.card} data-mode={mode}>
      <span className={classes.kind}>
        <Icon size={15} stroke={1.7} aria-hidden />
        {kind}
      </span>
      <span className={classes.name}>{name}</span>
      {children}
    </div>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <span className={classes.label}>{label}</span>
      <span className={classes.value}>{children}</span>
    </div>
  )
}

/** Who calls. */
export function AgentStop({ agent }: Pick<BindingDetail, 'agent'>) {
  return (
    <Card icon={IconRobot} kind="Agent" name={<AgentLink slug={agent.slug} name={agent.name} />}>
      <span className={classes.mark}>
        <LifecycleBadge lifecycle={agent.lifecycle} />
      </span>
    </Card>
  )
}

/** What stands between agent and tool while nobody has said what does. */
export function UnknownStop() {
  return (
    <Card icon={IconHelpCircle} kind="Not known" name="No path recorded" mode="unknown">
      <span className={classes.whole}>Nobody has said which gateway, broker or application decides on the way.</span>
    </Card>
  )
}

/** Where the work happens in the end. */
export function ToolStop({ binding: { tool, contract, toolIndependentPrivileges } }: { binding: BindingDetail }) {
  return (
    <Card icon={IconPlug} kind={toolKindTitles[tool.kind]} name={<ToolLink slug={tool.slug} name={tool.name} />}>
      <span className={classes.mark}>{tool.lifecycle === 'retired' ? 'Retired' : 'Does the work'}</span>
      <Fact label="Contract in force">
        {contract ? (
          <>
            Version {contract.version} <Digest value={contract.digest} />
          </>
        ) : (
          'None'
        )}
      </Fact>
      <Fact label="Own privileges">
        <OwnPrivileges known={toolIndependentPrivileges} />
      </Fact>
    </Card>
  )
}

interface PointStopProps extends Pick<BindingDetail, 'contract'> {
  step: Step
  isApplication: boolean
  viewer: Viewer
  mayAssign: true | string
}

/** A gateway, broker or application on the way. */
export function PointStop({ step, contract, isApplication, viewer, mayAssign }: PointStopProps) {
  const { point, mode, team, owner } = step
  return (
    <Card
      icon={kindIcons[point.kind]}
      kind={pointKindTitles[point.kind]}
      name={<PointLink slug={point.slug} name={point.name} />}
      mode={mode}
    >
      <span className={classes.mark}>
        <PathModeMark mode={mode} />
      </span>
      <Fact label="Enforcement owned by">
        <Owner step={step} />
        {!isApplication && (
          <AssignOwner
            items={[{ layer: enforcementLayer, subjects: { enforcement_point: point } }]}
            can={mayAssign === true ? mayHandOn(owner, viewer) : mayAssign}
            label={owner ? 'Change' : 'Name owner'}
          />
        )}
      </Fact>
      <Fact label="Run by">
        {team ? <TeamLink slug={team.slug} name={team.name} /> : 'Nobody named'}
        {team?.status === 'dissolved' && ' (dissolved)'}
      </Fact>
      <Fact label="Contract it attests to">
        <Attested step={step} contract={contract} />
      </Fact>
      <Fact label="Own privileges">
        <OwnPrivileges known={step.independentPrivileges} />
      </Fact>
      <Fact label="Decisions">{step.canBeAsked ? 'Can be asked (AuthZEN)' : 'Cannot be asked'}</Fact>
    </Card>
  )
}

function Owner({ step: { owner, ownerSource } }: { step: Step }) {
  if (!owner) return <b className={classes.nobody}>Nobody</b>
  const source = ownerSource === 'enforcement_point' ? 'Named here' : provenanceOf(ownerSource)
  const remarks = [
    ...(owner.state === 'proposed' ? ['not accepted yet'] : []),
    ...(owner.credible ? [] : ['nobody behind it any more']),
  ]
  return (
    <span>
      <TeamLink slug={owner.team.slug} name={owner.team.name} />
      {remarks.length > 0 && <b className={classes.doubt}> ({remarks.join(', ')})</b>}
      <small className={classes.source}>{source}</small>
    </span>
  )
}
