import { IconArrowBackUp, IconClock, IconClockX, IconShieldCheck, IconX, type TablerIcon } from '@tabler/icons-react'
import type { ExceptionStanding } from '@/lib/gaps/work/model'
import badges from '../badges.module.css'

const looks: Record<ExceptionStanding, { text: string; tone: string; icon: TablerIcon }> = {
  asked: { text: 'Waiting for approval', tone: 'info', icon: IconClock },
  in_force: { text: 'In force', tone: 'good', icon: IconShieldCheck },
  expired: { text: 'Expired', tone: 'high', icon: IconClockX },
  refused: { text: 'Refused', tone: 'low', icon: IconX },
  withdrawn: { text: 'Withdrawn', tone: 'low', icon: IconArrowBackUp },
}

/** Where an exception stands. */
export function ExceptionBadge({ state }: { state: ExceptionStanding }) {
  const { text, tone, icon: Icon } = looks[state]
  return (
    <span className={badges.state} data-tone={tone}>
      <Icon size={14} stroke={2} aria-hidden />
      {text}
    </span>
  )
}
