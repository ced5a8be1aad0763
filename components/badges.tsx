import {
  IconAlertTriangleFilled,
  IconBan,
  IconChevronDown,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleDot,
  IconCircleHalf2,
  IconClock,
  IconEqual,
  IconEyeCheck,
  IconHexagonFilled,
  IconHourglass,
  IconPlayerPauseFilled,
  IconSearch,
  IconShieldOff,
  IconUserOff,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react'
import type { RunState } from '@/lib/exporters/names'
import type { GapState, Severity } from '@/lib/gaps/model'
import type { RemediationState } from '@/lib/recertification/model'
import type { AgentLifecycle, BindingState, PersonStatus, RiskTier, TeamStatus } from '@/lib/registry/model'
import classes from './badges.module.css'

type Tone = 'low' | 'medium' | 'high' | 'critical' | 'good' | 'info'
type Look = { text: string; tone: Tone; icon: TablerIcon }

const severityLooks: Record<Severity, Look> = {
  low: { text: 'Low', tone: 'low', icon: IconChevronDown },
  medium: { text: 'Medium', tone: 'medium', icon: IconEqual },
  high: { text: 'High', tone: 'high', icon: IconAlertTriangleFilled },
  critical: { text: 'Critical', tone: 'critical', icon: IconHexagonFilled },
}

const gapStateLooks: Record<GapState, Look> = {
  open: { text: 'Open', tone: 'high', icon: IconCircle },
  acknowledged: { text: 'Acknowledged', tone: 'medium', icon: IconEyeCheck },
  remediating: { text: 'Remediating', tone: 'info', icon: IconCircleHalf2 },
  resolved: { text: 'Resolved', tone: 'good', icon: IconCircleCheckFilled },
  excepted: { text: 'Excepted', tone: 'low', icon: IconShieldOff },
}

const lifecycleLooks: Record<AgentLifecycle, Look> = {
  discovered: { text: 'Discovered', tone: 'medium', icon: IconSearch },
  proposed: { text: 'Proposed', tone: 'info', icon: IconCircleDashed },
  active: { text: 'Active', tone: 'good', icon: IconCircleDot },
  suspended: { text: 'Suspended', tone: 'high', icon: IconPlayerPauseFilled },
  retired: { text: 'Retired', tone: 'low', icon: IconBan },
}

const bindingStateLooks: Record<BindingState, Look> = {
  requested: { text: 'Requested', tone: 'info', icon: IconClock },
  approved: { text: 'Approved', tone: 'info', icon: IconCircleDashed },
  active: { text: 'Active', tone: 'good', icon: IconCircleDot },
  revoked: { text: 'Revoked', tone: 'low', icon: IconBan },
}

const personStatusLooks: Record<PersonStatus, Look> = {
  active: { text: 'Active', tone: 'good', icon: IconCircleDot },
  left: { text: 'Left', tone: 'high', icon: IconUserOff },
}

const teamStatusLooks: Record<TeamStatus, Look> = {
  active: { text: 'Active', tone: 'good', icon: IconCircleDot },
  dissolved: { text: 'Dissolved', tone: 'high', icon: IconBan },
}

const remediationLooks: Record<RemediationState, Look> = {
  open: { text: 'Open', tone: 'high', icon: IconCircle },
  evidenced: { text: 'Evidence given', tone: 'info', icon: IconCircleHalf2 },
  verified: { text: 'Verified', tone: 'good', icon: IconCircleCheckFilled },
  reopened: { text: 'Reopened', tone: 'critical', icon: IconAlertTriangleFilled },
  cancelled: { text: 'Cancelled', tone: 'low', icon: IconBan },
}

const exportRunLooks: Record<RunState, Look> = {
  queued: { text: 'Waiting', tone: 'low', icon: IconClock },
  running: { text: 'Being written', tone: 'info', icon: IconCircleHalf2 },
  done: { text: 'Done', tone: 'good', icon: IconCircleCheckFilled },
  failed: { text: 'Failed', tone: 'critical', icon: IconAlertTriangleFilled },
  cancelled: { text: 'Cancelled', tone: 'low', icon: IconX },
  expired: { text: 'Expired', tone: 'low', icon: IconHourglass },
}

type StreamState = 'running' | 'paused' | 'failing'

const streamLooks: Record<StreamState, Look> = {
  running: { text: 'Running', tone: 'good', icon: IconCircleDot },
  paused: { text: 'Paused', tone: 'low', icon: IconPlayerPauseFilled },
  failing: { text: 'Failing', tone: 'critical', icon: IconAlertTriangleFilled },
}

/** Where the writing of an export stands, asked for now or by its schedule. */
export function ExportRunBadge({ state }: { state: RunState }) {
  return <StateMark {...exportRunLooks[state]} />
}

/** Whether an event stream arrives. */
export function StreamStateBadge({ state }: { state: StreamState }) {
  return <StateMark {...streamLooks[state]} />
}

/** Where a remediation stands. */
export function RemediationStateBadge({ state }: { state: RemediationState }) {
  return <StateMark {...remediationLooks[state]} />
}

/** How bad a gap is: a filled badge with a shape of its own for each step. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  const { text, tone, icon: Icon } = severityLooks[severity]
  return (
    <span className={classes.badge} data-tone={tone}>
      <Icon size={12} stroke={2.2} aria-hidden />
      {text}
    </span>
  )
}

/** Where a gap stands. */
export function GapStateBadge({ state }: { state: GapState }) {
  return <StateMark {...gapStateLooks[state]} />
}

/** Where an agent stands in its life. */
export function LifecycleBadge({ lifecycle }: { lifecycle: AgentLifecycle }) {
  return <StateMark {...lifecycleLooks[lifecycle]} />
}

/** Where a binding stands. */
export function BindingStateBadge({ state }: { state: BindingState }) {
  return <StateMark {...bindingStateLooks[state]} />
}

/** Whether a person still works here. */
export function PersonStatusBadge({ status }: { status: PersonStatus }) {
  return <StateMark {...personStatusLooks[status]} />
}

/** Whether a team still exists. */
export function TeamStatusBadge({ status }: { status: TeamStatus }) {
  return <StateMark {...teamStatusLooks[status]} />
}

const riskSteps: Record<RiskTier, number> = { low: 1, medium: 2, high: 3, critical: 4 }

/** The risk tier as a meter of four steps with its name: told apart from a severity, which is a badge. */
export function RiskBadge({ risk }: { risk: RiskTier }) {
  return (
    <span className={classes.risk} data-tone={risk}>
      <svg width="15" height="12" viewBox="0 0 15 12" aria-hidden="true">
        {[0, 1, 2, 3].map((step) => (
          <rect
            key={step}
            x={step * 4}
            y={9 - step * 3}
            width="3"
            height={3 + step * 3}
            rx="0.5"
            fill={step < riskSteps[risk] ? 'currentColor' : 'var(--p-line)'}
          />
        ))}
      </svg>
      {severityLooks[risk].text}
    </span>
  )
}

function StateMark({ text, tone, icon: Icon }: Look) {
  return (
    <span className={classes.state} data-tone={tone}>
      <Icon size={14} stroke={2} aria-hidden />
      {text}
    </span>
  )
}
