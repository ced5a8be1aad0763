import {
  IconAlertTriangleFilled,
  IconArrowForwardUp,
  IconBan,
  IconCalendarEvent,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDot,
  IconCircleHalf2,
  IconCircleMinus,
  IconClock,
  IconEqual,
  IconHelpCircle,
  IconLoader2,
  IconPencil,
  IconPlayerStopFilled,
  IconScale,
  IconSparkles,
  type TablerIcon,
} from '@tabler/icons-react'
import type { CampaignState, ItemState, Outcome, Standing } from '@/lib/recertification/model'
import badges from '../badges.module.css'
import { campaignStateTitles, itemStateTitles, outcomeTitles, standingTitles } from './campaign-words'

type Look = [icon: TablerIcon, tone: 'low' | 'medium' | 'high' | 'critical' | 'good' | 'info']

const stateLooks: Record<CampaignState, Look> = {
  draft: [IconPencil, 'low'],
  scheduled: [IconCalendarEvent, 'info'],
  launching: [IconLoader2, 'info'],
  running: [IconCircleDot, 'good'],
  settled: [IconClock, 'medium'],
  closing: [IconLoader2, 'info'],
  closed: [IconCircleCheckFilled, 'low'],
  stopped: [IconPlayerStopFilled, 'high'],
}

const itemLooks: Record<ItemState, Look> = {
  open: [IconCircle, 'medium'],
  answered: [IconCircleHalf2, 'info'],
  settled: [IconCircleDot, 'info'],
  contested: [IconScale, 'high'],
  applied: [IconCircleCheckFilled, 'good'],
  withdrawn: [IconCircleMinus, 'low'],
}

const outcomeLooks: Record<Outcome, Look> = {
  certify: [IconCircleCheckFilled, 'good'],
  reassign: [IconArrowForwardUp, 'info'],
  revoke: [IconBan, 'critical'],
  no_response: [IconHelpCircle, 'medium'],
}

const standingLooks: Record<Standing, Look> = {
  new: [IconSparkles, 'info'],
  changed: [IconAlertTriangleFilled, 'high'],
  unchanged: [IconEqual, 'low'],
  unknown: [IconHelpCircle, 'low'],
}

function Mark({ look: [Icon, tone], children }: { look: Look; children: string }) {
  return (
    <span className={badges.state} data-tone={tone}>
      <Icon size={14} stroke={2} aria-hidden />
      {children}
    </span>
  )
}

/** Where a campaign stands. */
export function CampaignStateMark({ state }: { state: CampaignState }) {
  return <Mark look={stateLooks[state]}>{campaignStateTitles[state]}</Mark>
}

/** Where an item stands. */
export function ItemStateMark({ state }: { state: ItemState }) {
  return <Mark look={itemLooks[state]}>{itemStateTitles[state]}</Mark>
}

/** How an item was answered. */
export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  return <Mark look={outcomeLooks[outcome]}>{outcomeTitles[outcome]}</Mark>
}

/** How an item stands since it was last certified. */
export function StandingMark({ standing }: { standing: Standing }) {
  return <Mark look={standingLooks[standing]}>{standingTitles[standing]}</Mark>
}
