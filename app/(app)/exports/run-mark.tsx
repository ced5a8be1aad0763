import { Text } from '@mantine/core'
import { ExportRunBadge } from '@/components/badges'
import { RelativeTime } from '@/components/relative-time'
import type { ExportRun } from '@/lib/exporters/model'

/** How an export stands, with why it failed or until when its file is kept. */
export function RunMark({ run: { state, problem, expiresAt } }: { run: ExportRun }) {
  return (
    <>
      <ExportRunBadge state={state} />
      {problem && (
        <Text size="xs" maw={320} style={{ whiteSpace: 'normal' }}>
          {problem}
        </Text>
      )}
      {state === 'done' && expiresAt && (
        <Text size="xs" c="dimmed">
          goes <RelativeTime at={expiresAt} />
        </Text>
      )}
    </>
  )
}
