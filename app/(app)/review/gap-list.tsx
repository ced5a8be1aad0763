import type { ReactNode } from 'react'
import { SeverityBadge } from '@/components/badges'
import type { ReviewRow } from '@/lib/recertification/reviews/model'
import classes from './review.module.css'

type Gap = ReviewRow['gaps'][number]

/** The gaps of an item, each rule once however often it fires. */
export function GapList({ row, children }: { row: ReviewRow; children: (gap: Gap) => ReactNode }) {
  const byRule = new Map<string, { gap: Gap; count: number }>()
  for (const gap of row.gaps) byRule.set(gap.rule, { gap, count: (byRule.get(gap.rule)?.count ?? 0) + 1 })
  const unnamed = row.gapCount - row.gaps.length
  return (
    <ul className={classes.gaps}>
      {[...byRule.values()].map(({ gap, count }) => (
        <li key={gap.rule}>
          <SeverityBadge severity={gap.severity} /> {children(gap)}
          {count > 1 && ` (${count} times)`}
        </li>
      ))}
      {unnamed > 0 && <li>and {unnamed.toLocaleString('en')} more</li>}
    </ul>
  )
}
