import {
  IconArrowRight,
  IconDoor,
  IconHelpCircle,
  IconRobot,
  IconRoute,
  IconServer,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { AgentLink, PointLink, TeamLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { AssignOwner } from '@/components/registry/assign-owner'
import { OwnPrivileges } from '@/components/registry/own-privileges'
import { PathModeMark } from '@/components/registry/path-mode'
import { pointKindTitles } from '@/components/registry/titles'
import { mayHandOn, type Viewer } from '@/components/registry/viewer'
import { enforcementLayer } from '@/lib/layers'
import type { BindingDetail } from '@/lib/registry/bindings/model'
import type { PathMode, PointKind } from '@/lib/registry/model'
import classes from './enforcement-path.module.css'

type Step = BindingDetail['path'][number]

const kindIcons: Record<PointKind, TablerIcon> = { gateway: IconDoor, broker: IconRoute, application: IconServer }

interface EnforcementPathProps {
  binding: BindingDetail
  viewer: Viewer
  mayAssign: true | string
}

/** The way of a call, from the agent to where the work happens, and what each point on it does. Drawn as a list, so it is heard as one. */
export function EnforcementPath(props: EnforcementPathProps) {
  const { agent, path } = props.binding
  return (
    <Panel title="Enforcement path">
      <ol className={classes.path} aria-label="Enforcement path in call order">
        <li className={classes.agent}>
          <Box icon={IconRobot} kind="Agent" name={<AgentLink slug={agent.slug} name={agent.name} />}>
            <span className={classes.fact}>makes the call</span>
          </Box>
        </li>
        {path.length === 0 && (
          <li>
            <Arrow />
            <Box icon={IconHelpCircle} kind="Not known" name="No path recorded" mode="unknown">
              <span className={classes.fact}>
                Nobody has said which gateway, broker or application decides. Edit the binding to record it.
              </span>
            </Box>
          </li>
        )}
        {path.map((step) => (
          <li key={step.point.id}>
            <Arrow />
            <PathPoint step={step} {...props} />
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function Arrow() {
  return <IconArrowRight className={classes.arrow} size={18} stroke={1.6} aria-hidden />
}

interface BoxProps {
  icon: TablerIcon
  kind: string
  name: ReactNode
  mode?: PathMode
  children: ReactNode
}

function Box({ icon: Icon, kind, name, mode, children }: BoxProps) {
  return (
    <div className={classes.box} data-mode={mode}>
      <span className={classes.kind}>
        <Icon size={14} stroke={1.7} aria-hidden />
        {kind}
      </span>
      <span className={classes.name}>{name}</span>
      {children}
    </div>
  )
}

function PathPoint({ step, binding, viewer, mayAssign }: EnforcementPathProps & { step: Step }) {
  const { point, mode, independentPrivileges, team, owner } = step
  const isApplication = point.id === binding.application?.id
  return (
    <Box
      icon={kindIcons[point.kind]}
      kind={pointKindTitles[point.kind]}
      name={<PointLink slug={point.slug} name={point.name} />}
      mode={mode}
    >
      <PathModeMark mode={mode} />
      <span className={classes.fact}>
        Run by {team ? <TeamLink slug={team.slug} name={team.name} /> : 'nobody named'}
        {team?.status === 'dissolved' && ' (dissolved)'}
      </span>
      <span className={classes.fact}>
        Enforcement owned by{' '}
        {owner ? <TeamLink slug={owner.team.slug} name={owner.team.name} /> : <b className={classes.nobody}>nobody</b>}
        {owner?.state === 'proposed' && ' (not accepted yet)'}
        {owner && !owner.credible && ' (nobody behind it any more)'}
      </span>
      {independentPrivileges !== 'no' && (
        <span className={classes.fact}>
          <OwnPrivileges known={independentPrivileges} long />
        </span>
      )}
      {!isApplication && (
        <AssignOwner
          items={[{ layer: enforcementLayer, subjects: { enforcement_point: point } }]}
          can={mayAssign === true ? mayHandOn(owner, viewer) : mayAssign}
          label={owner ? 'Change owner' : 'Name owner'}
        />
      )}
    </Box>
  )
}
