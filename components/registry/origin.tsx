import { CopyButton } from '../copy-button'
import { LastSeen } from './last-seen'

/** The small facts under a record's title: what scripts call it, where it came from, when its source last had it. */
export function Origin({ slug, source, lastSeenAt }: { slug: string; source: string; lastSeenAt: string | null }) {
  return (
    <>
      <span>
        <code>{slug}</code>
        <CopyButton value={slug} label="Copy the slug" />
      </span>
      <LastSeen source={source} at={lastSeenAt} />
    </>
  )
}
