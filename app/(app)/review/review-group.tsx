'use client'

import { Checkbox } from '@mantine/core'
import type { Verdict } from '@/lib/recertification/model'
import type { InboxRow } from '@/lib/recertification/reviews/model'
import classes from './review.module.css'
import { ReviewRowItem } from './review-row'
import type { Answers } from './use-decide'

interface ReviewGroupProps {
  group: { key: string; title: string; count: number; rows: InboxRow[] }
  can: true | string
  current: string | null
  expanded: string | null
  selected: ReadonlySet<string>
  answers: Answers
  isOpen: (row: InboxRow) => boolean
  choose: (ids: readonly string[], on: boolean) => void
  onFocus: (id: string) => void
  onExpand: (id: string) => void
  onDecide: (verdict: Verdict, row: InboxRow) => void
  onTakeBack: (row: InboxRow) => void
}

/** Items that are alike, to be chosen together. */
export function ReviewGroupSection(props: ReviewGroupProps) {
  const { group, can, current, expanded, selected, answers, isOpen, choose, onFocus, onExpand, onDecide, onTakeBack } =
    props
  const open = group.rows.filter(isOpen).map(({ id }) => id)
  const chosen = open.filter((id) => selected.has(id))
  return (
    <section className={classes.group} aria-label={group.title}>
      <div className={classes.groupHead}>
        {open.length > 0 && (
          <Checkbox
            size="md"
            className={classes.box}
            aria-label={`Select all shown of ${group.title}`}
            checked={chosen.length === open.length}
            indeterminate={chosen.length > 0 && chosen.length < open.length}
            onChange={() => choose(open, chosen.length < open.length)}
          />
        )}
        <h2>{group.title}</h2>
        <span className={classes.dim}>{group.count.toLocaleString('en')}</span>
      </div>
      <ol className={classes.items}>
        {group.rows.map((row) => (
          <ReviewRowItem
            key={row.id}
            row={row}
            can={can}
            current={current === row.id}
            expanded={expanded === row.id}
            selected={selected.has(row.id)}
            answer={answers.get(row.id)?.verdict ?? null}
            onFocus={() => onFocus(row.id)}
            onExpand={() => onExpand(row.id)}
            onSelect={() => choose([row.id], !selected.has(row.id))}
            onDecide={(verdict) => onDecide(verdict, row)}
            onTakeBack={() => onTakeBack(row)}
          />
        ))}
      </ol>
    </section>
  )
}
