'use client'

import { Checkbox } from '@mantine/core'
import { IconChevronRight, IconRepeat } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { DisabledReason } from '@/components/disabled-reason'
import type { Verdict } from '@/lib/recertification/model'
import type { InboxRow } from '@/lib/recertification/reviews/model'
import { pastWord } from './deciding'
import { RecommendationMark } from './recommendation'
import classes from './review.module.css'
import { RowDetail, RowLine, RowPurpose, subjectTitle } from './row-facts'
import { VerdictButtons } from './verdict-buttons'

interface ReviewRowProps {
  row: InboxRow
  current: boolean
  expanded: boolean
  selected: boolean
  /** What was said about it in this visit. */
  answer: Verdict | null
  can: true | string
  onFocus: () => void
  onExpand: () => void
  onSelect: () => void
  onDecide: (verdict: Verdict) => void
  onTakeBack: () => void
}

const rowCan = (row: InboxRow, can: true | string, answer: Verdict | null): true | string => {
  if (answer !== null) return 'You have answered it; take that back first.'
  if (row.decision) return `${row.decision.by} answered it.`
  if (row.asked?.state !== 'open')
    return row.asked?.note ? `Passed on: ${row.asked.note}` : 'You are not asked about it any more.'
  return can
}

/** One item: a line to decide by, and below it what is behind the line. */
export function ReviewRowItem(props: ReviewRowProps) {
  const { row, current, expanded, selected, answer, can, onFocus, onExpand, onSelect, onDecide, onTakeBack } = props
  const verdict = rowCan(row, can, answer)
  const said = answer ?? (row.asked?.state === 'passed_on' ? 'not_mine' : row.decision?.verdict) ?? null
  /** Whether it was the reviewer who answered it or passed it on. */
  const isOwn = answer !== null || row.decision?.mine === true || row.asked?.state === 'passed_on'
  const title = subjectTitle(row)
  const item = useRef<HTMLLIElement>(null)
  // What has been unfolded is there to be read, down to its buttons.
  useEffect(() => {
    if (expanded) item.current?.scrollIntoView({ block: 'nearest' })
  }, [expanded])
  return (
    <li
      ref={item}
      className={classes.item}
      data-current={current || undefined}
      data-answered={said !== null || undefined}
    >
      <div className={classes.row}>
        {row.asked?.state === 'open' && (
          <Checkbox
            size="md"
            className={classes.box}
            aria-label={`Select ${title}`}
            checked={selected}
            disabled={answer !== null}
            onChange={onSelect}
          />
        )}
        <button
          type="button"
          className={classes.open}
          data-review-row
          data-item={row.id}
          aria-expanded={expanded}
          onFocus={onFocus}
          onClick={onExpand}
        >
          <IconChevronRight size={14} aria-hidden className={classes.chevron} />
          <span className={classes.text}>
            <span className={classes.title} title={row.subject}>
              <span>{title}</span>
              {row.environment && row.environment !== 'production' && <small>{row.environment}</small>}
              {row.secondLook && (
                <small className={classes.again}>
                  <IconRepeat size={12} aria-hidden /> second look
                </small>
              )}
              {row.later.length > 0 && <small className={classes.again}>changed since the start</small>}
            </span>
            <RowPurpose row={row} />
          </span>
          <RowLine row={row} />
          <span className={classes.aside}>
            {said === null ? <RecommendationMark verdict={row.recommendation.verdict} /> : <b>{pastWord(said)}</b>}
            {row.asked?.overdue && <span className={classes.overdue}>overdue</span>}
          </span>
        </button>
      </div>
      {expanded && (
        <div className={classes.detail}>
          <RowDetail row={row} />
          {isOwn ? (
            <div>
              <DisabledReason can={can} variant="default" onClick={onTakeBack}>
                Take back
              </DisabledReason>
            </div>
          ) : (
            <VerdictButtons
              can={verdict}
              withKeys
              canDefer={row.wasDeferred ? 'It was put off once already.' : true}
              onChoose={onDecide}
            />
          )}
        </div>
      )}
    </li>
  )
}
