import { RelativeTime } from '../relative-time'

/** Which importer or person brought it, and when that source last had it. */
export function LastSeen({ source, at }: { source: string; at: string | null }) {
  return (
    <span>
      {source === 'person' ? 'entered by hand' : source}
      {at !== null && (
        <>
          , seen <RelativeTime at={at} />
        </>
      )}
    </span>
  )
}
