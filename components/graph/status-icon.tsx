import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleMinus,
  IconHourglassHigh,
  type TablerIcon,
} from '@tabler/icons-react'
import type { OwnerStatus } from '../owner-status'
import classes from './graph.module.css'

const icons: Record<OwnerStatus, TablerIcon> = {
  owned: IconCircleCheckFilled,
  unconfirmed: IconHourglassHigh,
  orphaned: IconAlertTriangleFilled,
  unowned: IconCircleDashed,
}

/** The worst status of an agent's layers, by a shape of its own. */
export function StatusIcon({ status, size = 15 }: { status: OwnerStatus | null; size?: number }) {
  const Icon = status === null ? IconCircleMinus : icons[status]
  return <Icon size={size} stroke={2.2} aria-hidden className={classes.status} data-status={status ?? 'none'} />
}
