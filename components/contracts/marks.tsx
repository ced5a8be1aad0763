import {
  IconAlertTriangleFilled,
  IconArchive,
  IconBan,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleDot,
  IconClock,
  IconPencil,
  IconSignature,
  type TablerIcon,
} from '@tabler/icons-react'
import type { AttestedStatus } from '@/lib/contracts/attested'
import type { ContractState } from '@/lib/contracts/model'
import type { ContractModel } from '@/lib/contracts/states'
import badges from '../badges.module.css'
import { Quiet } from '../registry/quiet'
import {
  attestedMeanings,
  attestedTitles,
  contractModelMeanings,
  contractModelTitles,
  contractStateTitles,
} from './titles'

interface MarkProps {
  icon: TablerIcon
  tone: string
  title?: string
  children: string
}

function Mark({ icon: Icon, tone, title, children }: MarkProps) {
  return (
    <span className={badges.state} data-tone={tone} title={title}>
      <Icon size={14} stroke={2} aria-hidden />
      {children}
    </span>
  )
}

const stateLooks: Record<ContractState, { tone: string; icon: TablerIcon }> = {
  draft: { tone: 'info', icon: IconPencil },
  signed_off: { tone: 'info', icon: IconSignature },
  in_force: { tone: 'good', icon: IconCircleDot },
  superseded: { tone: 'low', icon: IconArchive },
}

/** Where a version of a contract stands. */
export function ContractStateMark({ state, discarded = false }: { state: ContractState; discarded?: boolean }) {
  if (discarded) {
    return (
      <Mark icon={IconBan} tone="low" title="Given up before it was in force">
        Discarded
      </Mark>
    )
  }
  return <Mark {...stateLooks[state]}>{contractStateTitles[state]}</Mark>
}

/** Who writes policy here. */
export function ContractModelMark({ model }: { model: ContractModel | null }) {
  if (model === null) return <Quiet>No author known</Quiet>
  return <span title={contractModelMeanings[model]}>{contractModelTitles[model]}</span>
}

const attestedLooks: Record<AttestedStatus, { tone: string; icon: TablerIcon }> = {
  match: { tone: 'good', icon: IconCircleCheckFilled },
  mismatch: { tone: 'high', icon: IconAlertTriangleFilled },
  stale: { tone: 'medium', icon: IconClock },
  none: { tone: 'high', icon: IconCircleDashed },
}

/** How what a point attests to compares with the contract in force. */
export function AttestedMark({ status }: { status: AttestedStatus }) {
  return (
    <Mark {...attestedLooks[status]} title={attestedMeanings[status]}>
      {attestedTitles[status]}
    </Mark>
  )
}
