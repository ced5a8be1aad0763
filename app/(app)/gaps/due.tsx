import { IconAlarm } from '@tabler/icons-react'
import { RelativeTime } from '@/components/relative-time'
import type { GapListRow } from '@/lib/gaps/shapes'
import classes from './gaps.module.css'

/** By when a gap should be gone; that it is late is said by a sign and a word. */
export function Due({ gap: { dueAt, overdue } }: { gap: Pick<GapListRow, 'dueAt' | 'overdue'> }) {
  if (dueAt === null) return <span className={classes.dim}>–</span>
  return overdue ? (
    <span className={classes.overdue}>
      <IconAlarm size={14} aria-hidden />
      <span>
        overdue, <RelativeTime at={dueAt} />
      </span>
    </span>
  ) : (
    <RelativeTime at={dueAt} />
  )
}
