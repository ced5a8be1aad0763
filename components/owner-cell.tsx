'use client'

import { Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconAlertTriangleFilled,
  IconBuilding,
  IconHourglassHigh,
  IconPlug,
  IconRobot,
  IconShieldLock,
  type TablerIcon,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { OwnershipScope } from '@/lib/ownership/model'
import classes from './owner-cell.module.css'
import { type OwnerView, ownerSentence, ownerStatusMeanings, ownerStatusOf, provenanceOf } from './owner-status'
import { exactTime } from './time'

const inheritedFrom: Record<Exclude<OwnershipScope, 'binding'>, TablerIcon> = {
  agent: IconRobot,
  tool: IconPlug,
  enforcement_point: IconShieldLock,
  organisation: IconBuilding,
}

interface OwnerCellProps extends OwnerView {
  /** Shows the provenance although neither pointer nor focus is here: a grid passes it for its active cell. */
  active?: boolean
  /** Makes the cell a button, for instance one that opens the form to assign an owner. */
  onClick?: () => void
  /** What the button does, read after the owner; only with `onClick`. */
  actionLabel?: string
  tabIndex?: number
}

/**
 * Who owns one layer, at a glance and without colour alone: strong text is set here, a glyph before lighter text says
 * where it is inherited from, a dashed frame waits for acceptance, a struck name has nobody behind it, a hatched slot is empty.
 */
export function OwnerCell({ active = false, onClick, actionLabel, tabIndex, ...owner }: OwnerCellProps) {
  const [target, setTarget] = useState<HTMLElement | null>(null)
  const [near, setNear] = useState(false)
  const status = ownerStatusOf(owner)
  const common = {
    className: classes.cell,
    'data-status': status,
    'data-source': owner.source ?? undefined,
    onMouseEnter: () => setNear(true),
    onMouseLeave: () => setNear(false),
    onFocus: () => setNear(true),
    onBlur: () => setNear(false),
    onKeyDown: (event: React.KeyboardEvent) => event.key === 'Escape' && setNear(false),
  }
  const sentence = ownerSentence(owner)
  const face = (
    <span aria-hidden className={classes.face}>
      <Glyph status={status} source={owner.source} />
      <span className={classes.team}>{owner.team ?? 'Unowned'}</span>
      {status === 'unconfirmed' && <IconHourglassHigh size={12} className={classes.trail} />}
    </span>
  )
  return (
    <>
      {onClick ? (
        <UnstyledButton {...common} ref={setTarget} onClick={onClick} tabIndex={tabIndex ?? 0}>
          {face}
          <span className="visually-hidden">{actionLabel ? `${sentence}. ${actionLabel}` : sentence}</span>
        </UnstyledButton>
      ) : (
        <span {...common} ref={setTarget} tabIndex={tabIndex}>
          {face}
          <span className="visually-hidden">{sentence}</span>
        </span>
      )}
      {/* Mounted only while needed: a grid holds hundreds of cells. */}
      {target && (near || active) && (
        <Tooltip
          target={target}
          opened
          label={<Provenance {...owner} />}
          // Inside the page's main part, so that what it says belongs to a landmark.
          portalProps={{ target: '#main' }}
          position="bottom-start"
          multiline
          maw={320}
          classNames={{ tooltip: classes.tip }}
        />
      )}
    </>
  )
}

function Glyph({ status, source }: { status: string; source: OwnershipScope | null }) {
  if (status === 'orphaned') return <IconAlertTriangleFilled size={13} className={classes.lead} />
  if (source === null || source === 'binding') return null
  const Icon = inheritedFrom[source]
  return <Icon size={13} stroke={1.7} className={classes.lead} />
}

function Provenance(owner: OwnerView) {
  const status = ownerStatusOf(owner)
  return (
    <span className={classes.provenance}>
      <strong>{owner.team ?? 'Unowned'}</strong>
      <span>
        {provenanceOf(owner.source)}
        {owner.sourceName ? `: ${owner.sourceName}` : ''}
      </span>
      {owner.person && <span>Accountable: {owner.person}</span>}
      {owner.since && <span>Since {exactTime(owner.since)}</span>}
      {status !== 'owned' && <span className={classes.meaning}>{ownerStatusMeanings[status]}</span>}
    </span>
  )
}
