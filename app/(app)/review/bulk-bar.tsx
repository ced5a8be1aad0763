'use client'

import { CloseButton } from '@mantine/core'
import { useState } from 'react'
import { DisabledReason } from '@/components/disabled-reason'
import type { Verdict } from '@/lib/recertification/model'
import { HandItemsDialog } from './hand-items'
import classes from './review.module.css'
import { VerdictButtons } from './verdict-buttons'

interface BulkBarProps {
  count: number
  ids: readonly string[]
  can: true | string
  canDefer: true | string
  onChoose: (verdict: Verdict) => void
  onHandedOver: () => void
  onClear: () => void
}

/** What can be said about the chosen items, all at once or not at all. */
export function BulkBar({ count, ids, can, canDefer, onChoose, onHandedOver, onClear }: BulkBarProps) {
  const [handing, setHanding] = useState(false)
  return (
    <div className={classes.bulk} role="toolbar" aria-label="Selected items">
      <span>
        <b>{count.toLocaleString('en')}</b> selected
      </span>
      <VerdictButtons can={can} canDefer={canDefer} onChoose={onChoose} />
      <DisabledReason can={can} variant="default" onClick={() => setHanding(true)}>
        Hand over
      </DisabledReason>
      <CloseButton aria-label="Clear selection" onClick={onClear} />
      {handing && <HandItemsDialog ids={ids} onClose={() => setHanding(false)} onDone={onHandedOver} />}
    </div>
  )
}
