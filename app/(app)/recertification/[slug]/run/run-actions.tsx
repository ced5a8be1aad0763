'use client'

import { useState } from 'react'
import { DisabledReason } from '@/components/disabled-reason'
import type { Option } from '@/components/registry/reference-select'
import type { CampaignDetail } from '@/lib/recertification/campaigns/shapes'
import type { CampaignState } from '@/lib/recertification/model'
import type { RunMove } from '@/lib/recertification/stages/can'
import { EndModal } from './end-modal'
import { AgainModal, ExtendModal, ReassignModal, SecondLookModal } from './move-modals'
import classes from './run.module.css'

const titles: Record<RunMove, string> = {
  endStage: 'End stage',
  extend: 'Extend',
  reassign: 'Reassign',
  sendBack: 'Second look',
  stop: 'Stop',
  close: 'Close',
  reiterate: 'Ask again',
}

/** The moves that there are in a state; those that are past or far off would only be in the way. */
const movesIn: Record<CampaignState, readonly RunMove[]> = {
  draft: [],
  scheduled: [],
  launching: ['stop'],
  running: ['endStage', 'extend', 'reassign', 'sendBack', 'close', 'stop'],
  settled: ['close', 'stop'],
  closing: [],
  closed: ['reiterate'],
  stopped: [],
}

interface RunActionsProps {
  campaign: Pick<CampaignDetail, 'slug' | 'name' | 'version' | 'state' | 'dueOn' | 'can' | 'outcomes'>
  /** Whose items are open, and who has certified something. */
  open: readonly Option[]
  answered: readonly Option[]
}

/** What a lead does with a campaign once it was launched. */
export function RunActions({ campaign, open, answered }: RunActionsProps) {
  const [move, setMove] = useState<RunMove | null>(null)
  const { slug, name, version, state, dueOn, can, outcomes } = campaign
  const moves = movesIn[state]
  if (moves.length === 0) return null
  const mayDo = (each: RunMove) =>
    each === 'reiterate' && can.reiterate === true && outcomes.no_response === 0
      ? 'Everything was answered; there is nothing to ask again.'
      : can[each]
  const modal = { slug, version, onClose: () => setMove(null) }
  return (
    <div className={classes.actions} role="toolbar" aria-label="Run the campaign">
      {moves.map((each) => (
        <DisabledReason
          key={each}
          can={mayDo(each)}
          variant="default"
          size="xs"
          {...(each === 'stop' && can.stop === true && { c: 'var(--p-critical)' })}
          onClick={() => setMove(each)}
        >
          {titles[each]}
        </DisabledReason>
      ))}
      {move === 'endStage' && <EndModal {...modal} act="end_stage" />}
      {move === 'close' && <EndModal {...modal} act="close" />}
      {move === 'stop' && <EndModal {...modal} act="stop" />}
      {move === 'extend' && <ExtendModal {...modal} dueOn={dueOn} />}
      {move === 'reassign' && <ReassignModal {...modal} people={open} />}
      {move === 'sendBack' && <SecondLookModal {...modal} people={answered} />}
      {move === 'reiterate' && <AgainModal {...modal} name={name} unanswered={outcomes.no_response} />}
    </div>
  )
}
