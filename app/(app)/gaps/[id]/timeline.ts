import type { GapDetail } from '@/lib/gaps/shapes'
import type { GapComment } from '@/lib/gaps/work/model'

type GapEvent = GapDetail['history'][number]

/** One thing that happened to a gap, or was said about it. */
export type Moment = { key: string; at: string } & (
  | { kind: 'event'; event: GapEvent }
  | { kind: 'comment'; comment: GapComment }
)

/** State changes and comments in one line of time, the newest first. */
export function momentsOf(history: readonly GapEvent[], comments: readonly GapComment[]): Moment[] {
  const events = history.map((event, index): Moment => ({ key: `event ${index}`, at: event.at, kind: 'event', event }))
  const said = comments.map((comment): Moment => ({ key: comment.id, at: comment.at, kind: 'comment', comment }))
  return [...events, ...said].sort((one, other) => other.at.localeCompare(one.at))
}
